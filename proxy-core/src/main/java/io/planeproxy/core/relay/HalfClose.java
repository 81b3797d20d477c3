package io.planeproxy.core.relay;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;

/** Says to the peer that nothing more will come, and leaves what it still sends readable. */
public final class HalfClose {
    private HalfClose() {}

    /** Takes effect behind everything that was written before. */
    public static void of(Channel channel) {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((ChannelFutureListener) written -> {
            SslHandler tls = channel.pipeline().get(SslHandler.class);
            if (tls != null) {
                // RFC 8446 §6.1: close_notify closes one direction, as FIN does.
                tls.closeOutbound();
            } else if (channel instanceof DuplexChannel duplex) {
                duplex.shutdownOutput();
            }
        });
    }
}
