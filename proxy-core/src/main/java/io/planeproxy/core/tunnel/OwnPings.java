package io.planeproxy.core.tunnel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The pings that the proxy itself sends to a client, and the pongs that answer them (RFC 6455 §5.5.2). Their payload is drawn
 * at random for each tunnel, so that no pong which is meant for the upstream is taken for one of them.
 */
final class OwnPings {
    private static final int PING = 0x89;
    private static final int PONG = 0x8a;
    private static final int MASKED = 0x80;
    private static final int PAYLOAD = 8;
    private static final int MASK_AT = 2;
    private static final int PAYLOAD_AT = 6;

    /** Of a pong as a client sends it: header, masking key and payload. */
    static final int PONG_LENGTH = PAYLOAD_AT + PAYLOAD;

    private final long payload = ThreadLocalRandom.current().nextLong();
    private int unanswered;
    private long sentAt;

    /** As a server sends it: not masked. */
    ByteBuf frame(FrameObserver.Boundary boundary, ByteBufAllocator allocator, long now) {
        unanswered++;
        sentAt = now;
        return allocator
                .ioBuffer(2 + PAYLOAD)
                .writeByte(PING)
                .writeByte(PAYLOAD)
                .writeLong(payload);
    }

    boolean areUnanswered() {
        return unanswered > 0;
    }

    /** How many there are that no pong has answered. */
    int unanswered() {
        return unanswered;
    }

    void answered() {
        unanswered--;
    }

    /** When the last was sent, in nanoseconds of the event loop's clock. */
    long sentAt() {
        return sentAt;
    }

    /** What the bytes from there on are, where a frame begins; to tell, the payload of a frame that may be one is unmasked. */
    Likeness likeness(ByteBuf data, int at, int end) {
        if (at < end && data.getUnsignedByte(at) != PONG
                || at + 1 < end && data.getUnsignedByte(at + 1) != (MASKED | PAYLOAD)) {
            return Likeness.OTHER;
        }
        if (end - at < PONG_LENGTH) {
            return Likeness.UNKNOWN;
        }
        long mask = data.getUnsignedInt(at + MASK_AT);
        return (data.getLong(at + PAYLOAD_AT) ^ (mask << 32 | mask)) == payload ? Likeness.ANSWER : Likeness.OTHER;
    }

    enum Likeness {
        /** The pong to a ping of ours. */
        ANSWER,
        OTHER,
        /** Not enough of it is there. */
        UNKNOWN
    }
}
