package io.planeproxy.core.engine;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * At the end of the pipeline of everything that listens: says why nobody can be accepted, as when no file is left. Netty has
 * stopped accepting by then, and tries again after a second. For all event loops.
 */
@ChannelHandler.Sharable
final class AcceptFaults extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(AcceptFaults.class);
    private static final long SILENCE = TimeUnit.MINUTES.toNanos(1);

    private final AtomicLong silentUntil = new AtomicLong(System.nanoTime());

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable fault) {
        if (!(fault instanceof IOException)) {
            context.fireExceptionCaught(fault);
            return;
        }
        long now = System.nanoTime();
        long until = silentUntil.get();
        if (now - until >= 0 && silentUntil.compareAndSet(until, now + SILENCE)) {
            LOG.error(
                    "no connection can be accepted: {}; those that are open go on, new ones wait. Where files have run out, raise"
                            + " their number (LimitNOFILE of systemd, ulimit -n), or lower limits.connections. Told once a minute",
                    fault.getMessage());
        }
    }
}
