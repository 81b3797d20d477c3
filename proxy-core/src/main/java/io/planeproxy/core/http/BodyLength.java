package io.planeproxy.core.http;

/** How the end of a message's body is known (RFC 9112 §6.3). */
public sealed interface BodyLength {
    None NONE = new None();
    Chunked CHUNKED = new Chunked();
    UntilClose UNTIL_CLOSE = new UntilClose();

    /** There is no body. */
    record None() implements BodyLength {}

    /**
     * Exactly so many bytes.
     *
     * @param bytes at least 0
     */
    record Fixed(long bytes) implements BodyLength {
        public Fixed {
            if (bytes < 0) {
                throw new IllegalArgumentException(bytes + " is not a length: expected 0 or more bytes");
            }
        }
    }

    /** In chunks, with an end of its own. */
    record Chunked() implements BodyLength {}

    /** Everything until the connection closes; only replies have this. */
    record UntilClose() implements BodyLength {}

    /** Whether not a single byte of body belongs to the message. */
    default boolean isEmpty() {
        return switch (this) {
            case None() -> true;
            case Fixed(long bytes) -> bytes == 0;
            case Chunked(), UntilClose() -> false;
        };
    }
}
