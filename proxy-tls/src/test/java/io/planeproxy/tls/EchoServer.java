package io.planeproxy.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Sends back what comes over TLS, and keeps how each handshake ended. */
final class EchoServer implements AutoCloseable {
    /** What whoever speaks plain HTTP gets first; then their own bytes, as everybody. */
    static final String IN_PLAIN = "in plain: ";

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final BlockingQueue<SslHandshakeCompletionEvent> ends = new LinkedBlockingQueue<>();
    private final UnpooledByteBufAllocator memory = new UnpooledByteBufAllocator(true);
    private final Channel listener;

    private EchoServer(ServerTls tls, Duration timeout) throws InterruptedException {
        listener = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.ALLOCATOR, memory)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        tls.addTo(channel.pipeline(), timeout, () -> answerInPlain(channel));
                        channel.pipeline().addLast(new Echo());
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sync()
                .channel();
    }

    private static void answerInPlain(Channel channel) {
        channel.writeAndFlush(ByteBufUtil.writeAscii(channel.alloc(), IN_PLAIN));
    }

    static EchoServer with(ServerTls tls) throws InterruptedException {
        return new EchoServer(tls, Duration.ofSeconds(10));
    }

    static EchoServer with(ServerTls tls, Duration handshakeTimeout) throws InterruptedException {
        return new EchoServer(tls, handshakeTimeout);
    }

    int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    SslHandshakeCompletionEvent nextEnd() throws InterruptedException {
        var end = ends.poll(10, TimeUnit.SECONDS);
        if (end == null) {
            throw new AssertionError("no handshake ended within 10 s");
        }
        return end;
    }

    HandshakeFailure nextFailure() throws InterruptedException {
        var end = nextEnd();
        if (end.isSuccess()) {
            throw new AssertionError("the handshake succeeded, expected it to fail");
        }
        return HandshakeFailure.of(end.cause());
    }

    /** Stops, and then no further handshake can end: how many had not been asked for. */
    int endsLeft() {
        close();
        return ends.size();
    }

    /** Fails where a buffer was not given back. */
    @Override
    public void close() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
        assertEquals(0, memory.metric().usedDirectMemory() + memory.metric().usedHeapMemory(), "bytes not given back");
    }

    private final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ctx.writeAndFlush(message);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof SslHandshakeCompletionEvent end) {
                ends.add(end);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
