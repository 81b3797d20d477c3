package io.planeproxy.core.relay;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;

/** What was written to a connection and waits until the system takes it. */
public final class Untaken {
    private Untaken() {}

    /**
     * In bytes, with some of Netty's own for each buffer; of a large one the system takes one part after another. None where the
     * output has ended.
     */
    public static long of(Channel channel) {
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        return waiting == null ? 0 : waiting.totalPendingWriteBytes() - waiting.currentProgress();
    }
}
