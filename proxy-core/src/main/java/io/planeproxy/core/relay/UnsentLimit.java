package io.planeproxy.core.relay;

import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelException;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.uring.IoUringChannelOption;

/**
 * Bounds what the kernel takes from us and can not send yet (TCP_NOTSENT_LOWAT, tcp(7)). Without it some MiB lie there for each
 * peer that reads slowly, and a thousand of them cost memory and time that others need. What is on its way is not counted, so
 * fast peers are as fast as before.
 */
public final class UnsentLimit {
    private static final long BYTES = 128 * 1024;

    private UnsentLimit() {}

    /** Where the system has such a limit. */
    public static void set(Channel channel) {
        ChannelConfig config = channel.config();
        try {
            // Each takes its own and answers that it does not know the other.
            config.setOption(EpollChannelOption.TCP_NOTSENT_LOWAT, BYTES);
            config.setOption(IoUringChannelOption.TCP_NOTSENT_LOWAT, BYTES);
        } catch (ChannelException unknownThere) {
            // It is as it would be without.
        }
    }
}
