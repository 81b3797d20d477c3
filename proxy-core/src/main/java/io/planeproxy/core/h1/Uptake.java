package io.planeproxy.core.h1;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.EpollTcpInfo;
import io.planeproxy.core.relay.Callbacks;
import io.planeproxy.core.relay.Deadline;
import io.planeproxy.core.relay.Untaken;
import java.time.Duration;

/**
 * Whether a client takes what it is sent. While it is watched, it must have taken something each time the limit is over: one
 * that takes bytes is slow, and not gone. For one event loop.
 */
final class Uptake {
    private final ChannelHandlerContext context;
    private final Callbacks callbacks;
    private final Duration limit;
    private final Runnable stalled;
    private final Deadline deadline;
    private long untaken;
    private int watches;

    /** @param stalled told when nothing was taken for the limit, or at most twice as long; the watch is over then */
    Uptake(ChannelHandlerContext context, Callbacks callbacks, Duration limit, Runnable stalled) {
        this.context = context;
        this.callbacks = callbacks;
        this.limit = limit;
        this.stalled = stalled;
        this.deadline = new Deadline(callbacks, this::look);
    }

    /** Whether the system has taken all that was flushed. */
    boolean isWhole() {
        return untaken() == 0;
    }

    /** From now on. */
    void watch() {
        untaken = untaken();
        deadline.set(limit);
    }

    /** Until the system has taken all that was written. @param whole told then, unless the watch has been lifted before */
    void watchUntilWhole(Runnable whole) {
        lift();
        int watch = watches;
        ChannelFuture end = context.writeAndFlush(Unpooled.EMPTY_BUFFER);
        // That may have found the connection broken.
        if (watch == watches) {
            if (!end.isDone()) {
                watch();
            }
            callbacks.when(end, () -> {
                if (watch == watches) {
                    lift();
                    whole.run();
                }
            });
        }
    }

    void lift() {
        watches++;
        deadline.lift();
    }

    /** Lifts it for good. */
    void cancel() {
        watches++;
        deadline.cancel();
    }

    private void look() {
        if (untaken() != untaken || isBeingSent()) {
            watch();
        } else {
            stalled.run();
        }
    }

    /** Whether the system still sends: it has a queue of its own, and takes more only when much of that is gone. */
    private boolean isBeingSent() {
        if (context.channel() instanceof EpollSocketChannel channel && channel.isOpen()) {
            EpollTcpInfo tcp = channel.tcpInfo();
            // What is sent again is sent to nobody.
            return tcp.retransmits() == 0 && tcp.lastDataSent() < limit.toMillis();
        }
        return false;
    }

    private long untaken() {
        return Untaken.of(context.channel());
    }
}
