package io.planeproxy.server.demo;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A small upstream on the loopback that answers where Plane would: a page with a shared notepad over a WebSocket at
 * {@code /live/collaboration}, {@code /live/health}, {@code /headers} and {@code /upload}.
 *
 * <p>All of it lives on one event loop, so the notepad needs no lock.
 */
public final class DemoUpstream implements AutoCloseable {
    /** Bytes that may wait for one socket before it counts as slow. */
    private static final WriteBufferWaterMark WAITING = new WriteBufferWaterMark(128 * 1024, 256 * 1024);

    private final Channel server;
    private final ChannelGroup connections;

    private DemoUpstream(Channel server, ChannelGroup connections) {
        this.server = server;
        this.connections = connections;
    }

    /**
     * Listens on a free port of the loopback; returns when it does.
     *
     * @param group where the upstream takes one event loop from; it stays the caller's to shut down
     * @throws io.netty.channel.ChannelException if no port can be had
     */
    public static DemoUpstream start(EventLoopGroup group) {
        EventLoop loop = group.next();
        ChannelGroup connections = new DefaultChannelGroup(loop);
        Notepad notepad = new Notepad();
        DemoPage page = DemoPage.load();
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loop)
                .channel(transportOf(group))
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WAITING)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        connections.add(connection);
                        connection.pipeline().addLast(new HttpServerCodec(), new DemoRequests(page, notepad));
                    }
                });
        Channel server = bootstrap
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
        return new DemoUpstream(server, connections);
    }

    private static Class<? extends ServerChannel> transportOf(EventLoopGroup group) {
        return group instanceof IoEventLoopGroup io && io.isIoType(EpollIoHandler.class)
                ? EpollServerSocketChannel.class
                : NioServerSocketChannel.class;
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) server.localAddress();
    }

    /** Closes the port and every connection, and waits for that; not to be called on the group's own threads. */
    @Override
    public void close() {
        server.close().syncUninterruptibly();
        connections.close().awaitUninterruptibly();
    }
}
