package io.planeproxy.core.engine;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.unix.UnixChannelOption;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Opens the sockets that accept for a listener. None of them accepts before it is told to. */
final class Acceptors {
    private static final int BACKLOG = 4096;

    private final Transport transport;
    private final EventLoopGroup group;
    private final List<Loop> loops;
    private final AcceptFaults faults = new AcceptFaults();

    Acceptors(Transport transport, EventLoopGroup group, List<Loop> loops) {
        this.transport = transport;
        this.group = group;
        this.loops = loops;
    }

    /** Whether the address may be one that this process has already, under another name. */
    enum Probe {
        /** A shared port can be shared with another process of the same user by mistake: so it must be free before. */
        MUST_BE_FREE,
        MAY_BE_OURS
    }

    /** @throws IOException if the address can not be had: in use, not this machine's, or not permitted */
    List<Channel> bind(InetSocketAddress address, Probe probe, Entrance entrance) throws IOException {
        return switch (transport) {
            case EPOLL -> oneForEachLoop(address, probe, entrance);
            case JDK -> List.of(bind(address, group, Sharing.NO, entrance));
        };
    }

    private List<Channel> oneForEachLoop(InetSocketAddress asked, Probe probe, Entrance entrance) throws IOException {
        switch (probe) {
            case MUST_BE_FREE -> refuseIfTaken(asked);
            case MAY_BE_OURS -> {}
        }
        List<Channel> acceptors = new ArrayList<>();
        InetSocketAddress address = asked;
        try {
            for (Loop loop : loops) {
                Channel acceptor = bind(address, loop.eventLoop(), Sharing.YES, entrance);
                acceptors.add(acceptor);
                address = (InetSocketAddress) acceptor.localAddress();
            }
        } catch (IOException failure) {
            close(acceptors);
            throw failure;
        }
        return acceptors;
    }

    private static void refuseIfTaken(InetSocketAddress address) throws IOException {
        if (address.getPort() != 0) {
            try (ServerSocket probe = new ServerSocket()) {
                probe.setReuseAddress(true);
                probe.bind(address);
            }
        }
    }

    private enum Sharing {
        YES,
        NO
    }

    private Channel bind(InetSocketAddress address, EventLoopGroup acceptors, Sharing sharing, Entrance entrance)
            throws IOException {
        ServerBootstrap bootstrap = accepting(entrance)
                .group(acceptors)
                .channel(transport.serverSocket())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true);
        switch (sharing) {
            case YES -> bootstrap.option(UnixChannelOption.SO_REUSEPORT, true);
            case NO -> {}
        }
        return opened(bootstrap.bind(address));
    }

    /**
     * Takes sockets that listen already. Where there are fewer than event loops, their connections are dealt out over all of
     * them; otherwise each stays on the loop that accepted it.
     */
    List<Channel> adopt(List<Integer> descriptors, Entrance entrance) throws IOException {
        List<Channel> acceptors = new ArrayList<>();
        try {
            for (int descriptor : descriptors) {
                EventLoopGroup own = loops.get(acceptors.size() % loops.size()).eventLoop();
                ServerBootstrap bootstrap = accepting(entrance)
                        .group(own, descriptors.size() < loops.size() ? group : own)
                        .channelFactory(() -> new EpollServerSocketChannel(descriptor));
                acceptors.add(opened(bootstrap.register()));
            }
        } catch (IOException failure) {
            close(acceptors);
            throw failure;
        }
        return acceptors;
    }

    private static ServerBootstrap accepting(Entrance entrance) {
        return new ServerBootstrap()
                .option(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childHandler(entrance);
    }

    private Channel opened(ChannelFuture opening) throws IOException {
        opening.awaitUninterruptibly();
        if (!opening.isSuccess()) {
            throw opening.cause() instanceof IOException failure ? failure : new IOException(opening.cause());
        }
        // Behind Netty's own, which stops accepting for a second.
        opening.channel().pipeline().addLast(faults);
        return opening.channel();
    }

    private static void close(List<Channel> acceptors) {
        acceptors.forEach(acceptor -> acceptor.close().syncUninterruptibly());
    }
}
