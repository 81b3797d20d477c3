package io.planeproxy.tls;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** One connection to an upstream, up to the end of its handshake. */
final class UpstreamCall {
    private UpstreamCall() {}

    static void assertReaches(UpstreamTls tls, int port, String host) throws InterruptedException {
        var handshake = handshake(tls, port, host);
        assertTrue(handshake.isSuccess(), () -> host + ": " + handshake.cause());
    }

    static void assertRefuses(UpstreamTls tls, int port, String host) throws InterruptedException {
        assertFalse(handshake(tls, port, host).isSuccess(), host);
    }

    static void assertReaches(Function<ByteBufAllocator, SslHandler> handlers, int port, String host)
            throws InterruptedException {
        var handshake = handshake(handlers, port);
        assertTrue(handshake.isSuccess(), () -> host + ": " + handshake.cause());
    }

    private static Future<Channel> handshake(UpstreamTls tls, int port, String host) throws InterruptedException {
        return handshake(allocator -> tls.newHandler(allocator, host, port, Duration.ofSeconds(10)), port);
    }

    private static Future<Channel> handshake(Function<ByteBufAllocator, SslHandler> handlers, int port)
            throws InterruptedException {
        var loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try {
            var channel = new Bootstrap()
                    .group(loops)
                    .channel(NioSocketChannel.class)
                    .handler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel fresh) {
                            fresh.pipeline().addLast(handlers.apply(fresh.alloc()), new ClosingOnFault());
                        }
                    })
                    .connect(InetAddress.getLoopbackAddress(), port)
                    .sync()
                    .channel();
            return channel.pipeline().get(SslHandler.class).handshakeFuture().await();
        } finally {
            loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    private static final class ClosingOnFault extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
