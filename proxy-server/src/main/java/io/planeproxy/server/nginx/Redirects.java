package io.planeproxy.server.nginx;

import java.util.Optional;
import java.util.stream.Stream;

/** Whether and where to a server redirects. */
final class Redirects {
    private Redirects() {}

    /** Of all that comes to it, wherever in the server that is said. */
    static Optional<HttpsRedirect> whole(Block server) {
        return Stream.concat(
                        Stream.of(server),
                        server.all(Block.Kind.LOCATION).stream().filter(Location::isForEverything))
                .flatMap(block -> HttpsRedirect.first(block).stream())
                .findFirst();
    }

    /** Of plain http, by an if. */
    static Optional<HttpsRedirect> ofPlain(Block server) {
        return server.all(Block.Kind.CONDITION).stream()
                .filter(HttpsRedirect::isCondition)
                .flatMap(block -> HttpsRedirect.first(block).stream())
                .findFirst();
    }

    /** Whether nothing else is of use in the server. */
    static boolean byConditionsAlone(Block server) {
        return ofPlain(server).isPresent()
                && server.all(Block.Kind.LOCATION).stream().noneMatch(location -> location.has("proxy_pass"));
    }
}
