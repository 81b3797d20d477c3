package io.planeproxy.core.exchange;

import io.planeproxy.core.cause.Cause;
import io.planeproxy.core.cause.Refusal;
import java.util.Optional;

/** How an exchange ended. */
public sealed interface Outcome {
    Complete COMPLETE = new Complete();
    Switched SWITCHED = new Switched();

    /** The upstream's reply reached the client whole, or the proxy's own where that was what was asked for. */
    record Complete() implements Outcome {}

    /** Both sides switched protocols; the tunnel goes on. */
    record Switched() implements Outcome {}

    /** The proxy answered in place of the upstream. */
    record Refused(Refusal refusal) implements Outcome {}

    /** The reply had begun and could not be completed. */
    record Cut(Refusal refusal) implements Outcome {}

    /** The client was gone. */
    record Abandoned(Refusal refusal) implements Outcome {}

    /** The cause, where it did not end well. */
    default Optional<Cause> cause() {
        return switch (this) {
            case Complete(), Switched() -> Optional.empty();
            case Refused(Refusal refusal) -> Optional.of(refusal.cause());
            case Cut(Refusal refusal) -> Optional.of(refusal.cause());
            case Abandoned(Refusal refusal) -> Optional.of(refusal.cause());
        };
    }

    /** In a few words, for the access log. */
    default String words() {
        return switch (this) {
            case Complete() -> "complete";
            case Switched() -> "switched";
            case Refused(Refusal refusal) -> "refused " + refusal.cause().code();
            case Cut(Refusal refusal) -> "cut " + refusal.cause().code();
            case Abandoned(Refusal refusal) -> "abandoned " + refusal.cause().code();
        };
    }
}
