package io.planeproxy.core.relay;

import io.planeproxy.core.cause.Cause;
import java.util.Optional;

/**
 * All that is told of a tunnel when it is over.
 *
 * @param last what it was at its end
 * @param ending how it came to it
 */
public record TunnelRecord(TunnelSnapshot last, TunnelEnding ending) {

    /** What went wrong, where it did not end as its protocol says. */
    public Optional<Cause> cause() {
        return switch (ending) {
            case TunnelEnding.Closed closed -> Optional.empty();
            case TunnelEnding.Lost lost -> isWebSocket() ? Optional.of(lostBy(lost.who())) : Optional.empty();
            case TunnelEnding.Stopped stopped -> Optional.of(stopped.cause());
        };
    }

    private boolean isWebSocket() {
        return last.fromClient().frames().isPresent();
    }

    private static Cause lostBy(Party who) {
        return switch (who) {
            case CLIENT -> Cause.TUNNEL_CLIENT_LOST;
            case UPSTREAM -> Cause.TUNNEL_UPSTREAM_LOST;
            case PROXY -> throw new IllegalStateException("the proxy can not lose itself");
        };
    }

    /** Bytes from the client. */
    public long received() {
        return last.fromClient().bytes();
    }

    /** Bytes to the client, as they came from the upstream. */
    public long sent() {
        return last.fromUpstream().bytes();
    }
}
