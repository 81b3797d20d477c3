package io.planeproxy.benchmarks.sidebyside.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** A frame as a client sends it, masked with zeros, and how much comes back for it (RFC 6455 §5.2). */
record Frame(ByteBuf octets, int echoed) implements AutoCloseable {
    private static final byte FINAL_BINARY = (byte) 0x82;
    private static final int MASKED = 0x80;
    private static final int IN_TWO_BYTES = 126;
    private static final int NO_MASK = 0;

    /** @param payload bytes, at most 65535 */
    static Frame of(int payload) {
        ByteBuf frame = Unpooled.directBuffer(payload + 8).writeByte(FINAL_BINARY);
        if (payload < IN_TWO_BYTES) {
            frame.writeByte(MASKED | payload);
        } else {
            frame.writeByte(MASKED | IN_TWO_BYTES).writeShort(payload);
        }
        int header = frame.readableBytes();
        frame.writeInt(NO_MASK).writeZero(payload);
        return new Frame(frame, header + payload);
    }

    /** What one socket writes; the octets stay. */
    ByteBuf toWrite() {
        return octets.retainedDuplicate();
    }

    /** Once nobody writes it any more. */
    @Override
    public void close() {
        octets.release();
    }
}
