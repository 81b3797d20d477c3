package io.planeproxy.core.exchange;

import io.planeproxy.core.http.BodyLength;
import io.planeproxy.core.route.BodyLimit;

/** How far the request body has come on its way to the upstream. */
sealed interface Upload {
    None NONE = new None();
    Sent SENT = new Sent();

    /** The request has no body. */
    record None() implements Upload {}

    /** There is a body and nothing of it has passed. */
    record Unsent(Budget budget) implements Upload {}

    /** Some of the body has passed. */
    record Flowing(Budget budget) implements Upload {}

    /** The body has passed to its end. */
    record Sent() implements Upload {}

    static Upload of(BodyLength body, BodyLimit limit) {
        return body.isEmpty() ? NONE : new Unsent(Budget.of(limit));
    }

    /** What becomes of it when the body is complete. @throws IllegalStateException if there is none, or it was before */
    default Upload ended() {
        return switch (this) {
            case Unsent unsent -> SENT;
            case Flowing flowing -> SENT;
            case None none -> throw new IllegalStateException("the end of a body that the request does not have");
            case Sent sent -> throw new IllegalStateException("a second end of a body");
        };
    }

    /** Whether the upstream has, or will get, all there is. */
    default boolean isWhole() {
        return switch (this) {
            case None(), Sent() -> true;
            case Unsent unsent -> false;
            case Flowing flowing -> false;
        };
    }

    /** Whether the request can be sent once more, since nothing of its body is gone. */
    default boolean isReplayable() {
        return switch (this) {
            case None() -> true;
            case Unsent unsent -> true;
            case Flowing flowing -> false;
            case Sent() -> false;
        };
    }
}
