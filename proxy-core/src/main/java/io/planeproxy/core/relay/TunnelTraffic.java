package io.planeproxy.core.relay;

import java.util.Arrays;
import java.util.List;

/**
 * What has passed in one direction of many tunnels.
 *
 * @param bytes headers of frames included
 * @param messages of WebSockets, fragmented ones counted once
 * @param frames of WebSockets, one figure for each of the 16 opcodes, 0 first
 */
public record TunnelTraffic(long bytes, long messages, List<Long> frames) {
    public static final TunnelTraffic NONE = new TunnelTraffic(0, 0, new long[16]);

    public TunnelTraffic {
        frames = List.copyOf(frames);
    }

    public TunnelTraffic(long bytes, long messages, long[] frames) {
        this(bytes, messages, Arrays.stream(frames).boxed().toList());
    }
}
