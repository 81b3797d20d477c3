package io.planeproxy.core.relay;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.epoll.EpollSocketChannelConfig;

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
        if (channel.config() instanceof EpollSocketChannelConfig config) {
            try {
                config.setTcpNotSentLowAt(BYTES);
            } catch (ChannelException unknownThere) {
                // It is as it would be without.
            }
        }
    }
}
