package io.planeproxy.server.admin;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.PeerCredentials;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The doors to the admin pages. */
public final class AdminEndpoint implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("plane-proxy.admin");

    private static final int LARGEST_REQUEST = 64 * 1024;
    private static final int SECONDS_FOR_REQUEST = 10;
    private static final long ROOT = 0;

    private final AdminPages pages;
    private final LocalTransport transport = LocalTransport.best();
    private final MultiThreadIoEventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("admin", true), transport.handlers());
    private final List<Channel> doors = new ArrayList<>();
    private Optional<OwnedSocket> socket = Optional.empty();

    private AdminEndpoint(AdminPages pages) {
        this.pages = pages;
    }

    /** An endpoint that nobody can reach yet. */
    public static AdminEndpoint of(AdminPages pages) {
        return new AdminEndpoint(pages);
    }

    /**
     * Opens the Unix socket. One that was left behind by a process that is gone gives way.
     *
     * @throws IOException with a sentence for the operator
     */
    public synchronized void open(Path path) throws IOException {
        List<Channel> opened = new ArrayList<>();
        try {
            socket = Optional.of(OwnedSocket.at(
                    path,
                    temporary -> opened.add(bound(
                            bootstrap(this::serveOwner).channel(transport.unixServer()),
                            transport.address(temporary)))));
            doors.addAll(opened);
        } catch (IOException failure) {
            opened.forEach(Channel::close);
            throw failure;
        }
    }

    /**
     * Opens a port of the loopback address.
     *
     * @return where, with the port that was found where none was asked for
     * @throws IOException if it cannot be had
     */
    public synchronized InetSocketAddress open(InetSocketAddress loopback) throws IOException {
        Channel door = bound(
                bootstrap(channel -> serve(channel, new AdminHandler.Caller.Anybody()))
                        .channel(transport.tcpServer()),
                loopback);
        doors.add(door);
        return (InetSocketAddress) door.localAddress();
    }

    private ServerBootstrap bootstrap(Consumer<Channel> served) {
        return new ServerBootstrap().group(group).childHandler(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                served.accept(channel);
            }
        });
    }

    private static Channel bound(ServerBootstrap bootstrap, SocketAddress address) throws IOException {
        var binding = bootstrap.bind(address).awaitUninterruptibly();
        if (!binding.isSuccess()) {
            throw binding.cause() instanceof IOException failure ? failure : new IOException(binding.cause());
        }
        return binding.channel();
    }

    private void serveOwner(Channel channel) {
        if (!(channel instanceof EpollDomainSocketChannel unix)) {
            // Elsewhere the rights of the file alone decide.
            serve(channel, new AdminHandler.Caller.Owner("the owner of the admin socket"));
            return;
        }
        try {
            PeerCredentials peer = unix.peerCredentials();
            if (peer.uid() == ROOT
                    || socket.map(OwnedSocket::uid)
                            .filter(uid -> uid == peer.uid())
                            .isPresent()) {
                serve(channel, new AdminHandler.Caller.Owner("process " + peer.pid() + " of uid " + peer.uid()));
            } else {
                LOG.warn("the admin socket was reached by uid {}, whom it is not for", peer.uid());
                channel.close();
            }
        } catch (IOException unknown) {
            LOG.warn("who reached the admin socket could not be told: {}", unknown.getMessage());
            channel.close();
        }
    }

    private void serve(Channel channel, AdminHandler.Caller caller) {
        channel.pipeline()
                .addLast(new ReadTimeoutHandler(SECONDS_FOR_REQUEST))
                .addLast(new HttpServerCodec())
                .addLast(new HttpObjectAggregator(LARGEST_REQUEST))
                .addLast(new AdminHandler(pages, caller));
    }

    /** Lets nobody in any more and gives the socket's path away; whoever is in gets an answer. */
    public synchronized void giveUp() {
        socket.ifPresent(OwnedSocket::remove);
        socket = Optional.empty();
        doors.forEach(door -> door.close().awaitUninterruptibly());
        doors.clear();
    }

    @Override
    public void close() {
        giveUp();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
