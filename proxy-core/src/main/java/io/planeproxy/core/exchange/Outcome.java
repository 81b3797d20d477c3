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

    /** The upstream's reply reached the client whole, but it was not the switch that the client had asked for. */
    record NotSwitched(Refusal refusal) implements Outcome {}

    /** The proxy answered in place of the upstream. */
    record Refused(Refusal refusal) implements Outcome {}

    /** The reply had begun and could not be completed. */
    record Cut(Refusal refusal) implements Outcome {}

    /** The client was gone. */
    record Abandoned(Refusal refusal) implements Outcome {}

    /** What went wrong, where it did not end well. */
    default Optional<Refusal> failure() {
        return switch (this) {
            case Complete(), Switched() -> Optional.empty();
            case NotSwitched(Refusal refusal) -> Optional.of(refusal);
            case Refused(Refusal refusal) -> Optional.of(refusal);
            case Cut(Refusal refusal) -> Optional.of(refusal);
            case Abandoned(Refusal refusal) -> Optional.of(refusal);
        };
    }

    /** The cause, where it did not end well. */
    default Optional<Cause> cause() {
        return failure().map(Refusal::cause);
    }

    /** In one word, for the access log. */
    default String word() {
        return switch (this) {
            case Complete() -> "complete";
            case Switched() -> "switched";
            case NotSwitched notSwitched -> "unswitched";
            case Refused refused -> "refused";
            case Cut cut -> "cut";
            case Abandoned abandoned -> "abandoned";
        };
    }

    /** In a few words, for the access log. */
    default String words() {
        return cause().map(cause -> word() + " " + cause.code()).orElse(word());
    }
}
