package io.planeproxy.benchmarks.sidebyside.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The one thread that upstream and clients share: they have one core, and waking each other would cost them some of it. */
public final class LoadLoop implements AutoCloseable {
    private static final int READ_AT_ONCE = 256 * 1024;
    private static final int BACKLOG = 8192;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());

    InetSocketAddress listen(Supplier<ChannelHandler> handler) {
        Channel server = new ServerBootstrap()
                .group(group)
                .channel(EpollServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_AT_ONCE))
                .childHandler(initializer(channel -> channel.pipeline().addLast(handler.get())))
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
        return (InetSocketAddress) server.localAddress();
    }

    ChannelFuture connect(InetSocketAddress target, Consumer<Channel> prepare) {
        return new Bootstrap()
                .group(group)
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_AT_ONCE))
                .handler(initializer(prepare))
                .connect(target);
    }

    private static ChannelInitializer<Channel> initializer(Consumer<Channel> prepare) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                prepare.accept(channel);
            }
        };
    }

    void execute(Runnable task) {
        group.execute(task);
    }

    @Override
    public void close() {
        group.shutdownGracefully();
    }
}
