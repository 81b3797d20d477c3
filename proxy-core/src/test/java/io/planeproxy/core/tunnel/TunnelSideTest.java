package io.planeproxy.core.tunnel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.planeproxy.core.relay.Party;
import io.planeproxy.core.relay.TunnelEnding;
import org.junit.jupiter.api.Test;

final class TunnelSideTest implements TunnelSide.Events {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final TunnelSide side =
            new TunnelSide(Party.CLIENT, channel, channel.eventLoop().ticker(), this, null);

    /** Whoever takes a part of a large buffer is there, though the buffer stays until all of it is taken. */
    @Test
    void whatIsTakenOfABufferCounts() {
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        waiting.addMessage(Unpooled.buffer().writeZero(1000), 1000, channel.newPromise());
        waiting.addFlush();
        long before = side.untaken();
        waiting.progress(1);
        assertEquals(before - 1, side.untaken());
        waiting.remove();
        assertEquals(0, side.untaken());
        channel.finishAndReleaseAll();
    }

    @Override
    public void moved(TunnelSide moving) {}

    @Override
    public void finished(TunnelSide ending) {}

    @Override
    public void broke(TunnelSide breaking, TunnelEnding.Manner manner) {}

    @Override
    public void fault(Throwable fault) {
        throw new AssertionError(fault);
    }
}
