package io.planeproxy.core.h1;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslHandler;

/** Closes so that the peer sees that something is missing: neither FIN nor close_notify comes, which would say that this was all. */
final class Reset {
    private Reset() {}

    /** @param context of the handler that writes to the connection */
    static void of(ChannelHandlerContext context) {
        Channel channel = context.channel();
        // One that a write has just found broken is closed already, and takes no option any more.
        if (channel.isOpen()) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            ChannelHandlerContext tls = context.pipeline().context(SslHandler.class);
            (tls == null ? context : tls).close();
        }
    }
}
