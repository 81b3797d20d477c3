package io.planeproxy.benchmarks;

import java.nio.ByteBuffer;

/** WebSocket frames as browsers send them (RFC 6455 §5.2). */
final class Frames {
    private static final byte FINAL_BINARY = (byte) 0x82;
    private static final int MASKED = 0x80;
    private static final int LENGTH_IN_TWO_BYTES = 126;
    private static final int MASKING_KEY = 0x5a17c3e9;

    private Frames() {}

    /** @param payload bytes, at most 65535 */
    static byte[] masked(int payload) {
        ByteBuffer frame = ByteBuffer.allocate(payload + (payload < LENGTH_IN_TWO_BYTES ? 6 : 8));
        frame.put(FINAL_BINARY);
        if (payload < LENGTH_IN_TWO_BYTES) {
            frame.put((byte) (MASKED | payload));
        } else {
            frame.put((byte) (MASKED | LENGTH_IN_TWO_BYTES)).putShort((short) payload);
        }
        return frame.putInt(MASKING_KEY).array();
    }
}
