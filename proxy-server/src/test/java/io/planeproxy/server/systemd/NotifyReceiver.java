package io.planeproxy.server.systemd;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Hears what is said to systemd, in its place. */
public final class NotifyReceiver implements AutoCloseable {
    private static final long LIMIT_SECONDS = 30;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final Channel socket;

    /** @param path begins with a zero byte for a name without a file */
    public NotifyReceiver(String path) {
        socket = new Bootstrap()
                .group(group)
                .channel(EpollDomainDatagramChannel.class)
                .handler(new SimpleChannelInboundHandler<DomainDatagramPacket>() {
                    @Override
                    protected void channelRead0(ChannelHandlerContext context, DomainDatagramPacket packet) {
                        messages.add(packet.content().toString(StandardCharsets.UTF_8));
                    }
                })
                .bind(new DomainSocketAddress(path))
                .syncUninterruptibly()
                .channel();
    }

    /** The next message. */
    public String next() throws InterruptedException {
        return Objects.requireNonNull(
                messages.poll(LIMIT_SECONDS, TimeUnit.SECONDS),
                () -> "nothing was said to systemd for " + LIMIT_SECONDS + " s");
    }

    /** The next message that begins so; what comes before it is passed over. */
    public String next(String begin) throws InterruptedException {
        String message = next();
        while (!message.startsWith(begin)) {
            message = next();
        }
        return message;
    }

    boolean heardNothing() {
        return messages.isEmpty();
    }

    @Override
    public void close() {
        socket.close().syncUninterruptibly();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
