package io.planeproxy.core.tunnel;

/** What has passed in one direction of a WebSocket. A frame is counted when its header is known. */
public final class FrameCounts {
    private static final int FIRST_CONTROL = 8;

    private final long[] frames = new long[Opcode.COUNT];
    private final long[] bytes = new long[Opcode.COUNT];
    private long messages;

    void frame(int opcode, long length, boolean last) {
        frames[opcode]++;
        bytes[opcode] += length;
        if (last && opcode < FIRST_CONTROL) {
            messages++;
        }
    }

    /** Frames of all opcodes. */
    public long frames() {
        return sum(frames);
    }

    /** @param opcode 0 to 15 */
    public long frames(int opcode) {
        return frames[opcode];
    }

    /** Payload bytes of all opcodes. */
    public long bytes() {
        return sum(bytes);
    }

    /** @param opcode 0 to 15 */
    public long bytes(int opcode) {
        return bytes[opcode];
    }

    /** Data messages whose last frame has begun, fragmented ones counted once. */
    public long messages() {
        return messages;
    }

    private static long sum(long[] counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }
}
