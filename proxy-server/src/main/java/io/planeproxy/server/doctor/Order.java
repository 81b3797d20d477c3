package io.planeproxy.server.doctor;

import io.planeproxy.server.settings.Sources;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What the doctor is asked to look at.
 *
 * @param address where browsers come to; where it is not given, it is taken from Plane's environment or from the certificate
 * @param planeEnvironment the file with the variables of Plane's containers
 * @param idle how long a WebSocket is to stay open in silence; zero leaves that out
 * @param only names of checks; empty for all
 * @param user the one that the service runs as, where it does not run now
 * @param admin the admin socket of the proxy that runs, where the configuration does not tell
 */
public record Order(
        Sources sources,
        Optional<PublicAddress> address,
        Optional<Path> planeEnvironment,
        Duration idle,
        Set<String> only,
        Optional<String> user,
        Optional<Path> admin) {
    public Order {
        only = Set.copyOf(only);
    }

    /** Of the sources alone. */
    public static Order of(Sources sources) {
        return new Order(
                sources,
                Optional.empty(),
                Optional.empty(),
                Duration.ZERO,
                Set.of(),
                Optional.empty(),
                Optional.empty());
    }

    boolean asksFor(String check) {
        return only.isEmpty() || only.contains(check);
    }
}
