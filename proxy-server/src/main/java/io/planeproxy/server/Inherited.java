package io.planeproxy.server;

import io.planeproxy.core.engine.InheritedSockets;
import io.planeproxy.server.systemd.HandedSockets;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets that listen already when the program comes to them.
 *
 * @param ofSystemd those of them that systemd holds
 */
record Inherited(InheritedSockets sockets, HandedSockets ofSystemd) {
    private static final Logger LOG = LoggerFactory.getLogger("plane-proxy");

    static Inherited of(Takeover takeover, Map<String, String> environment) {
        return switch (takeover) {
            case Takeover.From(var _, InheritedSockets sockets) -> new Inherited(sockets, HandedSockets.none());
            case Takeover.FromNobody() -> {
                HandedSockets handed =
                        HandedSockets.of(environment, ProcessHandle.current().pid());
                handed.description().ifPresent(line -> LOG.info("{}", line));
                handed.complaints().forEach(line -> LOG.warn("{}", line));
                yield new Inherited(handed.inherited(), handed);
            }
        };
    }

    /** What does not match a configuration, one line each. */
    List<String> mismatches(Generation generation) {
        return ofSystemd.mismatches(generation.assembly().addresses());
    }

    /** The failure in other words where it is a socket of systemd that is in the way: no program can be found that has it. */
    ListenFailure explained(ListenFailure failure) {
        return failure.reason() == ListenFailure.Reason.IN_USE
                ? ofSystemd
                        .inTheWayOf(failure.address().value().socketAddress())
                        .map(found -> failure.because(found.seen(), found.expected(), found.advice()))
                        .orElse(failure)
                : failure;
    }
}
