package io.planeproxy.core.relay;

import java.util.Optional;

/**
 * What has passed through a tunnel in one direction.
 *
 * @param bytes all that came from that side, headers of frames included
 * @param frames what of it was understood as WebSocket frames; nothing where the tunnel is of another protocol
 * @param standing where its last byte stands
 */
public record TunnelFlow(long bytes, Optional<FrameTotals> frames, Standing standing) {

    /** Where a direction stands. */
    public enum Standing {
        BETWEEN_FRAMES,
        WITHIN_A_FRAME,
        /** It is of another protocol, or something came that no WebSocket sends. */
        NOT_UNDERSTOOD
    }
}
