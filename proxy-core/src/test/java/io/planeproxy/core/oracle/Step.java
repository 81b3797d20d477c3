package io.planeproxy.core.oracle;

import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.exchange.Outcome;
import io.planeproxy.core.forward.OutboundRequest;
import io.planeproxy.core.relay.ExchangeRecord;

/** One thing that the proxy did with a connection. */
sealed interface Step {
    /** A request went to the upstream. */
    record Forwarded(OutboundRequest request) implements Step {}

    /** An exchange was logged. */
    record Logged(ExchangeRecord exchange) implements Step {}

    /** Something that was no request was logged. */
    record Refused(Refusal refusal) implements Step {}

    /** Whether the proxy answered with a refusal of its own here. */
    default boolean isRefusal() {
        return switch (this) {
            case Forwarded forwarded -> false;
            case Logged(ExchangeRecord exchange) -> exchange.outcome() instanceof Outcome.Refused;
            case Refused refused -> true;
        };
    }
}
