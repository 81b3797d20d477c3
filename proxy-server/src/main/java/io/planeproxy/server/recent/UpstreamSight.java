package io.planeproxy.server.recent;

import io.planeproxy.core.cause.Refusal;
import java.time.Instant;

/** How connecting to an upstream went last. */
public sealed interface UpstreamSight {

    /** Nobody has wanted anything of it yet. */
    record Unasked() implements UpstreamSight {}

    /** @param at when a connection was made last */
    record Connected(Instant at) implements UpstreamSight {}

    /**
     * No connection could be made.
     *
     * @param since the first time in a row
     * @param refusal the last time
     */
    record Away(Instant since, Refusal refusal) implements UpstreamSight {}

    /** After another attempt that failed. */
    default UpstreamSight failed(Refusal refusal, Instant now) {
        return switch (this) {
            case Unasked _, Connected _ -> new Away(now, refusal);
            case Away(Instant since, Refusal _) -> new Away(since, refusal);
        };
    }
}
