package io.planeproxy.core.tunnel;

import io.planeproxy.core.relay.TunnelEnding;
import org.jspecify.annotations.Nullable;

/** Keeps the first of all the things that end a tunnel. */
final class Ending {
    private @Nullable TunnelEnding first;

    /** Something has begun to end the tunnel, or has ended it. */
    void came(TunnelEnding ending) {
        if (first == null) {
            first = ending;
        }
    }

    /** What came first. @param now what ends the tunnel where nothing came before */
    TunnelEnding first(TunnelEnding now) {
        return first == null ? now : first;
    }
}
