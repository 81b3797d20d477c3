package io.planeproxy.server.nginx;

import io.planeproxy.server.nginx.Judgement.Set;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The text of the new configuration. */
final class Draft {
    static final String TUNNEL_IDLE = "timeouts.tunnel-idle";

    private static final String ACCESS = "access.";

    /** What a route is given that says nothing, where the top level says something else: this proxy's own defaults. */
    private static final Map<String, String> DEFAULTS = Map.of("max-body", "10M", "timeouts.reply", "600s");

    private final Site site;
    private final Location root;

    private Draft(Site site, Location root) {
        this.site = site;
        this.root = root;
    }

    /** Nothing where requests for other paths would have no upstream. */
    static Optional<String> of(Site site, Doors doors) {
        return site.root().map(root -> new Draft(site, root).text(doors));
    }

    private String text(Doors doors) {
        StringBuilder text = new StringBuilder("plane-proxy {\n");
        root.target()
                .ifPresent(target ->
                        text.append("  ").append(target.upstream().assignment()).append('\n'));
        text.append(doors.text());
        List<String> lines = topLevel();
        if (!lines.isEmpty()) {
            text.append('\n');
            lines.forEach(line -> text.append("  ").append(line).append('\n'));
        }
        List<String> routes = routes();
        if (!routes.isEmpty()) {
            text.append("\n  routes = [\n");
            routes.forEach(route -> text.append(route));
            text.append("  ]\n");
        }
        return text.append("}\n").toString();
    }

    private List<String> topLevel() {
        Stream<String> own = values(root).values().stream()
                .filter(value -> !value.key().equals(TUNNEL_IDLE))
                .filter(value -> !value.key().startsWith(ACCESS) || accessIsTheSameForAll())
                .filter(value -> !value.isEmptyList())
                .map(Value::assignment);
        return Stream.concat(own, longestTunnelIdle().stream().map(Value::assignment))
                .sorted()
                .toList();
    }

    /** There is one for all WebSockets, so none must become shorter. */
    private Optional<Value> longestTunnelIdle() {
        return site.carriedOver()
                .flatMap(location -> Optional.ofNullable(values(location).get(TUNNEL_IDLE)).stream())
                .max(Comparator.comparing(value -> Measures.time(value.text()).orElseThrow()));
    }

    private List<String> routes() {
        List<String> routes = new ArrayList<>();
        if (!accessIsTheSameForAll() && !access(root).isEmpty()) {
            routes.add(route("/", List.of(), access(root)));
        }
        site.routes()
                .forEach((path, location) -> routes.add(route(
                        path,
                        location
                                .target()
                                .filter(target -> !root.target().equals(Optional.of(target)))
                                .map(target -> target.upstream().assignment())
                                .stream()
                                .toList(),
                        ofRoute(location))));
        return routes;
    }

    private static String route(String path, List<String> upstream, List<String> others) {
        List<String> parts = new ArrayList<>(List.of("path = " + Value.quoted(path)));
        parts.addAll(upstream);
        parts.addAll(others);
        return "    { " + String.join(", ", parts) + " }\n";
    }

    private List<String> ofRoute(Location location) {
        List<String> parts = new ArrayList<>();
        Map<String, Value> own = values(location);
        Map<String, Value> top = values(root);
        for (String key : List.of("max-body", "timeouts.reply")) {
            Optional<String> here = Optional.ofNullable(own.get(key)).map(Value::text);
            Optional<String> above = Optional.ofNullable(top.get(key)).map(Value::text);
            if (!here.equals(above)) {
                String name = key.equals("timeouts.reply") ? "reply-timeout" : key;
                parts.add(name + " = "
                        + here.or(() -> Optional.ofNullable(DEFAULTS.get(key))).orElseThrow());
            }
        }
        if (!accessIsTheSameForAll()) {
            parts.addAll(access(location));
        }
        return parts;
    }

    /** A route's own rules come on top of those at the top level; in nginx the inner ones count alone. */
    private boolean accessIsTheSameForAll() {
        return site.carriedOver().map(this::access).distinct().count() == 1;
    }

    private List<String> access(Location location) {
        return values(location).values().stream()
                .filter(value -> value.key().startsWith(ACCESS) && !value.isEmptyList())
                .map(Value::assignment)
                .sorted()
                .toList();
    }

    private Map<String, Value> values(Location location) {
        return site.judgement().inForce(location.block()).values().stream()
                .map(Set::value)
                .collect(Collectors.toMap(Value::key, value -> value));
    }
}
