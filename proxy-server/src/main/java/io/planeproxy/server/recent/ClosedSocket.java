package io.planeproxy.server.recent;

import io.planeproxy.core.cause.Cause;
import io.planeproxy.core.http.Authority;
import io.planeproxy.core.relay.Closing;
import io.planeproxy.core.relay.TunnelEnding;
import io.planeproxy.core.relay.TunnelRecord;
import io.planeproxy.core.relay.TunnelSnapshot;
import io.planeproxy.server.accesslog.Shown;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A tunnel that is over.
 *
 * @param at when it ended
 * @param client the client's address as the proxy vouches for it
 * @param place host and path that were asked for, without the query
 * @param age how long it was open
 * @param words how it ended
 * @param code of the close frame that came first
 * @param cause what went wrong, where something did
 * @param received bytes from the client
 * @param sent bytes to the client
 */
public record ClosedSocket(
        Instant at,
        String client,
        String place,
        Duration age,
        String words,
        OptionalInt code,
        Optional<Cause> cause,
        long received,
        long sent) {

    static ClosedSocket of(TunnelRecord tunnel, Instant at) {
        TunnelSnapshot last = tunnel.last();
        return new ClosedSocket(
                at,
                last.clientAddress(),
                place(last),
                last.age(),
                Shown.printable(tunnel.ending().words()),
                code(tunnel.ending()),
                tunnel.cause(),
                tunnel.received(),
                tunnel.sent());
    }

    /** Host and path that a tunnel was asked for with, without the query, which may be a secret. */
    public static String place(TunnelSnapshot tunnel) {
        return Shown.printable(tunnel.head().authority().map(Authority::text).orElse("")
                + tunnel.head().target());
    }

    private static OptionalInt code(TunnelEnding ending) {
        return switch (ending) {
            case TunnelEnding.Closed(var _, Closing closing) -> closing.code();
            case TunnelEnding.Lost _, TunnelEnding.Stopped _ -> OptionalInt.empty();
        };
    }

    /** What that means for whoever had a page open. */
    public String meaning() {
        if (cause.isPresent()) {
            return cause.get().advice();
        }
        return code.isPresent() ? CloseCode.meaning(code.getAsInt()) : "";
    }
}
