package io.planeproxy.server.cli;

import io.planeproxy.server.settings.ConfigSource;
import io.planeproxy.server.settings.Limits;
import io.planeproxy.server.settings.ListenerSettings;
import io.planeproxy.server.settings.RouteSettings;
import io.planeproxy.server.settings.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What {@code check} says about a good configuration. */
final class Summary {
    private Summary() {}

    static List<String> of(ConfigSource source, Settings settings) {
        List<String> lines = new ArrayList<>(List.of(name(source) + ": configuration is good"));
        settings.listeners().forEach(listener -> lines.add("  listens on " + listener(listener)));
        settings.routes().forEach(route -> lines.add("  passes " + route(route)));
        lines.add("  trusts the forwarding fields of " + trusted(settings));
        lines.add("  allows " + limits(settings.limits()));
        lines.add("not looked at: whether the ports are free, and whether the upstream answers");
        return lines;
    }

    private static String name(ConfigSource source) {
        return switch (source) {
            case ConfigSource.None() -> CommandTree.NAME;
            case ConfigSource.File(Path path) -> path.toString();
            case ConfigSource.Text(String name, String _) -> name;
        };
    }

    private static String listener(ListenerSettings listener) {
        String address = listener.address().value().toString();
        return switch (listener) {
            case ListenerSettings.Plain _ -> address + " for http";
            case ListenerSettings.Secure(var _, var tls) ->
                address + " for https with " + tls.standard().certificate().value()
                        + (tls.byName().isEmpty() ? "" : " and " + tls.byName().size() + " by name");
            case ListenerSettings.RedirectToHttps(var _, var port) -> address + " and redirects to https on " + port;
        };
    }

    private static String route(RouteSettings route) {
        return route.path() + " to " + route.upstream().value() + ", bodies up to " + route.maxBody() + ", upgrades "
                + route.upgrades();
    }

    private static String trusted(Settings settings) {
        return settings.trustedProxies().isEmpty()
                ? "nobody"
                : settings.trustedProxies().toString();
    }

    private static String limits(Limits limits) {
        return "a request line of " + limits.requestLine() + ", " + limits.fieldCount() + " fields of "
                + limits.fields();
    }
}
