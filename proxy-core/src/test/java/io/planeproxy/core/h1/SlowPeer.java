package io.planeproxy.core.h1;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A connection whose peer takes only as many bytes as the test says, in a time that the test moves. */
final class SlowPeer extends EmbeddedChannel {
    private final StringBuilder taken = new StringBuilder();
    private long takes;

    SlowPeer(ChannelHandler... handlers) {
        super(handlers);
        freezeTime();
    }

    /** So many more. */
    void take(long bytes) {
        takes += bytes;
        flush();
    }

    void pass(Duration time) {
        advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        runScheduledPendingTasks();
    }

    String taken() {
        return taken.toString();
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer waiting) {
        while (waiting.current() instanceof ByteBuf data && (takes > 0 || !data.isReadable())) {
            int count = (int) Math.min(takes, data.readableBytes());
            taken.append(data.toString(data.readerIndex(), count, StandardCharsets.US_ASCII));
            waiting.removeBytes(count);
            takes -= count;
        }
    }
}
