package io.planeproxy.server.doctor;

import io.planeproxy.server.admin.AdminSocketPath;
import io.planeproxy.server.settings.ListenerSettings;
import io.planeproxy.server.settings.RouteSettings;
import io.planeproxy.server.settings.Settings;
import io.planeproxy.server.settings.UpstreamUrl;
import io.planeproxy.tls.PosixUser;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is looked over.
 *
 * @param settings what the configuration amounts to
 * @param address where browsers come to, where that is known
 * @param planeEnvironment the variables of Plane, where their file was named and could be read
 */
record Patient(
        Order order,
        Settings settings,
        Machine machine,
        CertificateReader certificates,
        Optional<PublicAddress> address,
        Optional<PlaneEnvironment> planeEnvironment,
        InstantSource clock) {

    /** The route that requests for a path take. */
    RouteSettings route(String path) {
        return settings.routes().stream()
                .filter(route -> isBelow(path, route.path().text()))
                .max(Comparator.comparingInt(route -> route.path().text().length()))
                .orElseGet(settings::defaultRoute);
    }

    /** Where requests for a path go. */
    UpstreamUrl upstream(String path) {
        return route(path).upstream().value();
    }

    private static boolean isBelow(String path, String beginning) {
        return beginning.equals("/") || path.equals(beginning) || path.startsWith(beginning + "/");
    }

    List<ListenerSettings.Secure> secureListeners() {
        return settings.listeners().stream()
                .filter(ListenerSettings.Secure.class::isInstance)
                .map(ListenerSettings.Secure.class::cast)
                .toList();
    }

    /** The running proxy, to be asked for a path. */
    Lender lender() {
        return new AdminLender(
                AdminSocketPath.toAsk(order.admin(), settings.admin().socket().value(), machine.environment()));
    }

    /** The process that listens where this proxy should, as far as it can be seen. */
    OptionalLong process() {
        ListeningSockets sockets = new ListeningSockets(machine);
        return settings.listeners().stream()
                .map(listener -> listener.address().value().port())
                .filter(port -> !port.isAnyFree())
                .flatMap(port -> sockets.on(port.number()).orElse(List.of()).stream())
                .filter(holder -> holder.program().equals("plane-proxy"))
                .mapToLong(holder -> holder.pid().orElse(0))
                .filter(pid -> pid > 0)
                .findFirst();
    }

    /** Whoever runs the proxy: the process that does, else the user that was named, else this one. */
    Optional<PosixUser> user() {
        OptionalLong process = process();
        return process.isPresent()
                ? PosixUser.ofProcess(process.getAsLong())
                : order.user().map(PosixUser::named).orElseGet(PosixUser::ofThisProcess);
    }
}
