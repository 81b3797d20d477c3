package io.planeproxy.core.engine;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.unix.UnixChannelOption;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.planeproxy.core.relay.Journal;
import io.planeproxy.core.upstream.SystemResolver;
import io.planeproxy.core.upstream.UpstreamPool;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * The proxy without its settings: event loops, listeners, and what each does with its clients. A client and the upstream
 * connections it uses live on one event loop.
 */
public final class Engine implements AutoCloseable {
    private static final int BACKLOG = 4096;
    private static final Duration STOP_LIMIT = Duration.ofSeconds(2);
    private static final int QUIET_MILLIS = 10;

    private final Transport transport;
    private final EventLoopGroup group;
    private final SystemResolver resolver = new SystemResolver();
    private final List<Loop> loops = new ArrayList<>();
    private final List<Listener> listeners = new ArrayList<>();
    private final OpenConnections connections;
    private final AcceptFaults acceptFaults = new AcceptFaults();
    private final Journal journal;
    private final ChannelGroup accepted = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);

    private Engine(EngineOptions options, Journal journal) {
        this.transport = Transport.best();
        this.group = new MultiThreadIoEventLoopGroup(
                options.eventLoops(), new DefaultThreadFactory("loop"), transport.handlers());
        this.connections = new OpenConnections(options.connections());
        this.journal = journal;
        for (int i = 0; i < options.eventLoops(); i++) {
            EventLoop loop = group.next();
            UpstreamPool pool = new UpstreamPool(
                    loop, resolver, transport.socket(), options.upstreamTls(), options.upstream(), journal);
            loops.add(new Loop(loop, pool));
        }
    }

    public static Engine start(EngineOptions options, Journal journal) {
        return new Engine(options, journal);
    }

    /**
     * Opens a listener.
     *
     * @throws IOException if its address can not be had: in use, not this machine's, or not permitted
     */
    public Listener listen(ListenerSpec spec) throws IOException {
        Listener listener = new Listener(
                switch (transport) {
                    case EPOLL -> acceptorForEachLoop(spec);
                    case JDK -> List.of(bind(spec, group, spec.address(), Sharing.NO));
                });
        listeners.add(listener);
        return listener;
    }

    private List<Channel> acceptorForEachLoop(ListenerSpec spec) throws IOException {
        refuseIfTaken(spec.address());
        List<Channel> acceptors = new ArrayList<>();
        InetSocketAddress address = spec.address();
        for (Loop loop : loops) {
            Channel acceptor = bind(spec, loop.eventLoop(), address, Sharing.YES);
            acceptors.add(acceptor);
            address = (InetSocketAddress) acceptor.localAddress();
        }
        return acceptors;
    }

    /** A shared port can be shared with another process of the same user by mistake: so it must be free before. */
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

    private Channel bind(ListenerSpec spec, EventLoopGroup acceptors, InetSocketAddress address, Sharing sharing)
            throws IOException {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(acceptors)
                .channel(transport.serverSocket())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childHandler(new Acceptance(spec, loops, accepted, connections, journal));
        if (sharing == Sharing.YES) {
            bootstrap.option(UnixChannelOption.SO_REUSEPORT, true);
        }
        var bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw bound.cause() instanceof IOException failure ? failure : new IOException(bound.cause());
        }
        // Behind Netty's own, which stops accepting for a second.
        bound.channel().pipeline().addLast(acceptFaults);
        return bound.channel();
    }

    /**
     * Stops accepting, lets exchanges finish, closes each tunnel in the way of its protocol, then everything else. A second call does nothing.
     *
     * @param deadline when to stop waiting for what is still under way
     * @param spread over how long the tunnels are closed, so that their clients do not all come back at once
     * @return whether everything finished before the deadline
     */
    public boolean shutDown(Duration deadline, Duration spread) {
        if (group.isShuttingDown()) {
            return true;
        }
        listeners.forEach(Listener::close);
        boolean finished = within(deadline, all(loop -> loop.drain(spread)));
        within(STOP_LIMIT, all(Loop::stop));
        cutWhatIsLeft();
        // Without a quiet period an event loop may end before it has closed what is registered on it.
        group.shutdownGracefully(QUIET_MILLIS, STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly();
        resolver.close();
        return finished;
    }

    private CompletableFuture<Void> all(Function<Loop, CompletableFuture<Void>> end) {
        return CompletableFuture.allOf(loops.stream().map(end).toArray(CompletableFuture[]::new));
    }

    private static boolean within(Duration limit, CompletableFuture<Void> ended) {
        try {
            ended.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException late) {
            return false;
        }
    }

    /** While the loops still run, so that every handler hears of it and gives its buffers back. */
    private void cutWhatIsLeft() {
        for (Channel channel : accepted) {
            ChannelHandlerContext first = channel.pipeline().firstContext();
            if (first != null) {
                // From here on outwards: nobody is asked to say goodbye to a peer that may not listen.
                first.close();
            }
        }
        accepted.newCloseFuture().awaitUninterruptibly(STOP_LIMIT.toMillis());
    }

    /** Ends at once. */
    @Override
    public void close() {
        shutDown(Duration.ZERO, Duration.ZERO);
    }
}
