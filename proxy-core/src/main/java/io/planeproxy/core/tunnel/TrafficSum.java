package io.planeproxy.core.tunnel;

import io.planeproxy.core.relay.TunnelTraffic;

/** Adds up what has passed in one direction of many tunnels, without making anything for each. For one thread. */
public final class TrafficSum {
    private final long[] frames = new long[Opcode.COUNT];
    private long bytes;
    private long messages;

    void addBytes(long count) {
        bytes += count;
    }

    void addFrames(int opcode, long count) {
        frames[opcode] += count;
    }

    void addMessages(long count) {
        messages += count;
    }

    public void add(TrafficSum other) {
        bytes += other.bytes;
        messages += other.messages;
        for (int opcode = 0; opcode < frames.length; opcode++) {
            frames[opcode] += other.frames[opcode];
        }
    }

    public TunnelTraffic traffic() {
        return new TunnelTraffic(bytes, messages, frames);
    }
}
