package io.planeproxy.core.h1;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.planeproxy.core.relay.Callbacks;
import io.planeproxy.core.relay.Deadline;
import java.time.Duration;

/**
 * Whether a client takes what it is sent. While it is watched, it must have taken something each time the limit is over: one
 * that takes bytes is slow, and not gone. For one event loop.
 */
final class Uptake {
    private final Channel channel;
    private final Duration limit;
    private final Runnable stalled;
    private final Deadline deadline;
    private long untaken;

    /** @param stalled told when nothing was taken for the limit, or at most twice as long; the watch is over then */
    Uptake(Channel channel, Callbacks callbacks, Duration limit, Runnable stalled) {
        this.channel = channel;
        this.limit = limit;
        this.stalled = stalled;
        this.deadline = new Deadline(callbacks, this::look);
    }

    /** From now on. */
    void watch() {
        untaken = untaken();
        deadline.set(limit);
    }

    void lift() {
        deadline.lift();
    }

    /** Lifts it for good. */
    void cancel() {
        deadline.cancel();
    }

    private void look() {
        if (untaken() == untaken) {
            stalled.run();
        } else {
            watch();
        }
    }

    /** Bytes that the system has not taken yet; of a large buffer it takes one part after another. */
    private long untaken() {
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        return waiting == null ? 0 : waiting.totalPendingWriteBytes() - waiting.currentProgress();
    }
}
