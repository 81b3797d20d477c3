package io.planeproxy.benchmarks.sidebyside.peers;

import java.util.List;
import java.util.Map;

/** A proxy that can be compared. */
public sealed interface Peer permits Caddy, Haproxy, Nginx, PlaneProxy, RawRelay {
    /** Short, as on the command line. */
    String id();

    /** As in the report. */
    String title();

    /** The program's own word. */
    String version();

    /** The program that must be there. */
    String program();

    /** Writes what it needs, and says how it is started; it must stay in the foreground. */
    Start prepare(Site site);

    /** @param environment on top of this program's own */
    record Start(List<String> command, Map<String, String> environment) {
        Start(String... command) {
            this(List.of(command), Map.of());
        }
    }
}
