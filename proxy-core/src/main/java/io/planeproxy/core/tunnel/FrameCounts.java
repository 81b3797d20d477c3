package io.planeproxy.core.tunnel;

import io.planeproxy.core.relay.FrameTotals;
import java.util.ArrayList;
import java.util.List;

/** Counts what passes in one direction of a WebSocket. A frame is counted when its header is known. */
final class FrameCounts {
    private final long[] frames = new long[Opcode.COUNT];
    private final long[] bytes = new long[Opcode.COUNT];
    private long messages;

    void frame(int opcode, long length, boolean last) {
        frames[opcode]++;
        bytes[opcode] += length;
        if (last && opcode < Opcode.FIRST_CONTROL) {
            messages++;
        }
    }

    void addTo(TrafficSum sum) {
        sum.addMessages(messages);
        for (int opcode = 0; opcode < Opcode.COUNT; opcode++) {
            sum.addFrames(opcode, frames[opcode]);
        }
    }

    FrameTotals totals() {
        List<FrameTotals.Total> totals = new ArrayList<>(Opcode.COUNT);
        for (int opcode = 0; opcode < Opcode.COUNT; opcode++) {
            totals.add(new FrameTotals.Total(frames[opcode], bytes[opcode]));
        }
        return new FrameTotals(totals, messages);
    }
}
