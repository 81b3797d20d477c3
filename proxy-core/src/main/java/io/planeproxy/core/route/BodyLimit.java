package io.planeproxy.core.route;

/** How large a request body may be. */
public sealed interface BodyLimit {
    Unlimited UNLIMITED = new Unlimited();

    /** At most so many bytes. */
    record Bytes(long most) implements BodyLimit {
        public Bytes {
            if (most < 0) {
                throw new IllegalArgumentException(most + " is not a body limit: expected 0 or more bytes");
            }
        }
    }

    record Unlimited() implements BodyLimit {}

    /** Whether a body of that many bytes is more than allowed. */
    default boolean isExceededBy(long bytes) {
        return switch (this) {
            case Bytes(long most) -> bytes > most;
            case Unlimited() -> false;
        };
    }
}
