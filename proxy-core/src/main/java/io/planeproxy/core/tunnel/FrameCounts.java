package io.planeproxy.core.tunnel;

import io.planeproxy.core.relay.FrameTotals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Counts what passes in one direction of a WebSocket. A frame is counted when its header is known. */
final class FrameCounts {
    /** The opcodes that have a meaning (RFC 6455 §5.2). For others there is room once one has come: there are many idle tunnels. */
    private static final int WITH_A_MEANING = 6;

    /** By opcode: first those with a meaning, 0 to 2 and 8 to 10. */
    private static final byte[] SLOTS = {0, 1, 2, 6, 7, 8, 9, 10, 3, 4, 5, 11, 12, 13, 14, 15};

    /** Frames and bytes by turns, slot by slot. */
    private long[] counts = new long[2 * WITH_A_MEANING];

    private long messages;

    void frame(int opcode, long length, boolean last) {
        int at = place(opcode);
        if (at >= counts.length) {
            counts = Arrays.copyOf(counts, 2 * Opcode.COUNT);
        }
        counts[at]++;
        counts[at + 1] += length;
        if (last && opcode < Opcode.FIRST_CONTROL) {
            messages++;
        }
    }

    void addTo(TrafficSum sum) {
        sum.addMessages(messages);
        for (int opcode = 0; opcode < Opcode.COUNT; opcode++) {
            sum.addFrames(opcode, frames(opcode));
        }
    }

    FrameTotals totals() {
        List<FrameTotals.Total> totals = new ArrayList<>(Opcode.COUNT);
        for (int opcode = 0; opcode < Opcode.COUNT; opcode++) {
            totals.add(new FrameTotals.Total(frames(opcode), bytes(opcode)));
        }
        return new FrameTotals(totals, messages);
    }

    private long frames(int opcode) {
        int at = place(opcode);
        return at < counts.length ? counts[at] : 0;
    }

    private long bytes(int opcode) {
        int at = place(opcode);
        return at < counts.length ? counts[at + 1] : 0;
    }

    private static int place(int opcode) {
        return 2 * SLOTS[opcode];
    }
}
