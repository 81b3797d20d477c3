package io.planeproxy.core.engine;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.planeproxy.core.relay.Callbacks;
import io.planeproxy.core.relay.Journal;
import io.planeproxy.core.relay.TunnelSnapshot;
import io.planeproxy.core.upstream.HoldCount;
import io.planeproxy.core.upstream.SystemResolver;
import io.planeproxy.core.upstream.UpstreamPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The proxy without its settings: event loops, listeners, and what each does with its clients. A client and the upstream
 * connections it uses live on one event loop.
 */
public final class Engine implements AutoCloseable {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(2);
    private static final int QUIET_MILLIS = 10;

    private final EventLoopGroup group;
    private final SystemResolver resolver = new SystemResolver();
    private final List<Loop> loops = new ArrayList<>();
    private final Listeners listeners;
    private final OpenConnections connections;
    private final HoldCount held = new HoldCount();
    private final ChannelGroup accepted = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);

    private Engine(EngineOptions options, Journal journal) {
        Transport transport = Transport.best();
        this.group = new MultiThreadIoEventLoopGroup(
                options.eventLoops(), new DefaultThreadFactory("loop"), transport.handlers());
        this.connections = new OpenConnections(options.connections());
        for (int i = 0; i < options.eventLoops(); i++) {
            EventLoop loop = group.next();
            UpstreamPool pool = new UpstreamPool(
                    loop, resolver, transport.socket(), options.upstreamTls(), options.upstream(), held, journal);
            Callbacks callbacks = new Callbacks(loop, fault -> journal.bug("event loop", fault));
            loops.add(new Loop(callbacks, pool));
            LateWatch.start(callbacks, journal);
        }
        this.listeners = new Listeners(
                new Acceptors(transport, group, loops),
                spec -> new Acceptance(spec, loops, accepted, connections, journal));
    }

    /** An engine that does not listen yet. */
    public static Engine start(EngineOptions options, Journal journal) {
        return new Engine(options, journal);
    }

    /**
     * Exchanges everything that is in service: opens the listeners that are new, then lets those that stay take the new
     * configuration, then closes those that are wanted no more. A listener stays, with its sockets, where its address and port
     * do. Exchanges and tunnels that are open go on under what they began with; a kept connection of a client has the new
     * configuration from its next request on, and says goodbye after that where it was set up by rules that have changed.
     *
     * <p>Once this returns, nothing uses what the configuration before brought along, such as its TLS handlers, for new
     * connections any more. Not to be called on an event loop.
     *
     * @param options all but the number of event loops, which stays
     * @param inherited sockets for the listeners that are new
     * @return the listeners in the order of the specs
     * @throws CannotListen if a listener that is new cannot be opened; then everything is as it was before
     */
    public synchronized List<Listener> apply(
            EngineOptions options, List<ListenerSpec> wanted, InheritedSockets inherited) throws CannotListen {
        if (group.isShuttingDown()) {
            throw new IllegalStateException("the engine has ended");
        }
        Listeners.Prepared prepared = listeners.prepare(wanted, inherited);
        connections.limit(options.connections());
        onEachLoop(loop -> loop.upstreams().reconfigure(options.upstream(), options.upstreamTls()));
        List<Entrance> removed =
                prepared.commit().stream().map(Listener::entrance).toList();
        // Whoever was being let in by what holds no more is in when each loop has come to this.
        onEachLoop(loop -> {});
        removed.forEach(Entrance::shut);
        onEachLoop(loop -> removed.forEach(loop::drainClientsOf));
        return listeners.all();
    }

    /** As above, with no socket from anywhere else. */
    public List<Listener> apply(EngineOptions options, List<ListenerSpec> wanted) throws CannotListen {
        return apply(options, wanted, InheritedSockets.none());
    }

    private void onEachLoop(Consumer<Loop> action) {
        CompletableFuture.allOf(loops.stream()
                        .map(loop -> CompletableFuture.runAsync(() -> action.accept(loop), loop.eventLoop()))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    /** Those that are open, in the order in which they were asked for. */
    public synchronized List<Listener> listeners() {
        return listeners.all();
    }

    /** Accepts nothing more; everything else goes on. */
    public synchronized void stopAccepting() {
        listeners.all().forEach(Listener::close);
    }

    /** Asks every event loop what there is on it; each answers on its own, and never where it hangs or has ended. */
    public List<CompletableFuture<LoopFigures>> figures() {
        return loops.stream().map(Loop::figures).toList();
    }

    /** Asks every event loop for a sign of life; completes when all have given it, and never where one hangs. */
    public CompletableFuture<Void> pulse() {
        return all(Loop::pulse);
    }

    /** How many exchanges wait for an upstream that is away; from any thread. */
    public int heldExchanges() {
        return held.now();
    }

    /**
     * The tunnels that are open, from any thread: each event loop looks at its own between two of its turns, so a call costs
     * them about a microsecond for each tunnel. Fails with {@link java.util.concurrent.RejectedExecutionException} after the
     * engine's end.
     */
    public CompletableFuture<List<TunnelSnapshot>> openTunnels() {
        List<CompletableFuture<List<TunnelSnapshot>>> asked =
                loops.stream().map(Loop::openTunnels).toList();
        return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
                .thenApply(all ->
                        asked.stream().flatMap(loop -> loop.join().stream()).toList());
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
        stopAccepting();
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
