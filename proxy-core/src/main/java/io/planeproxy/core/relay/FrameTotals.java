package io.planeproxy.core.relay;

import java.util.List;

/**
 * WebSocket frames that passed in one direction.
 *
 * @param byOpcode one for each of the 16 opcodes, 0 first
 * @param messages data messages whose last frame has begun, fragmented ones counted once
 */
public record FrameTotals(List<Total> byOpcode, long messages) {
    public FrameTotals {
        byOpcode = List.copyOf(byOpcode);
    }

    /**
     * Frames of one opcode.
     *
     * @param frames whose header has passed
     * @param bytes of their payloads, as the headers say them
     */
    public record Total(long frames, long bytes) {}

    /** Frames of all opcodes. */
    public long frames() {
        return byOpcode.stream().mapToLong(Total::frames).sum();
    }

    /** Payload bytes of all opcodes. */
    public long bytes() {
        return byOpcode.stream().mapToLong(Total::bytes).sum();
    }
}
