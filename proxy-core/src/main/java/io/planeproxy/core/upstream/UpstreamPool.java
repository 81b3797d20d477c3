package io.planeproxy.core.upstream;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.planeproxy.core.cause.Cause;
import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.exchange.Event;
import io.planeproxy.core.h1.UpstreamConnection;
import io.planeproxy.core.relay.Callbacks;
import io.planeproxy.core.relay.Journal;
import io.planeproxy.core.relay.UpstreamSource;
import io.planeproxy.core.route.Upstream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;

/**
 * The upstream connections of one event loop. The one used last is lent first, so that the others can grow old and be
 * closed before the upstream does it.
 */
public final class UpstreamPool implements UpstreamSource, UpstreamConnection.Home {
    private static final Claim SETTLED = () -> {};

    private final Callbacks callbacks;
    private final Connector connector;
    private final Map<Upstream, Lane> lanes = new HashMap<>();
    private final Holds holds;
    private UpstreamOptions options;
    private boolean sweeping;
    private boolean closed;

    public UpstreamPool(
            EventLoop loop,
            Resolver resolver,
            Class<? extends Channel> socketChannel,
            UpstreamTlsHandlers tls,
            UpstreamOptions options,
            HoldCount held,
            Journal journal) {
        this.callbacks = new Callbacks(loop, fault -> journal.bug("upstream pool", fault));
        this.options = options;
        this.connector = new Connector(loop, resolver, socketChannel, tls, options, journal);
        this.holds = new Holds(callbacks, this, held);
    }

    /**
     * Other options and another TLS, for everything that happens from now on; connections that are open stay. To be called on
     * the event loop.
     */
    public void reconfigure(UpstreamOptions next, UpstreamTlsHandlers nextTls) {
        options = next;
        connector.reconfigure(next, nextTls);
        lanes.values().removeIf(Lane::isDeserted);
    }

    /** What there is now; to be called on the event loop. */
    public List<PoolFigures> figures() {
        return lanes.entrySet().stream()
                .map(entry -> entry.getValue().figures(entry.getKey()))
                .toList();
    }

    /** @param since {@link System#nanoTime()} when it was given back */
    private record Idle(UpstreamConnection connection, long since) {}

    @Override
    public Claim lease(Upstream upstream, Freshness freshness, Taker taker) {
        Lane lane = lanes.computeIfAbsent(upstream, to -> new Lane());
        if (freshness == Freshness.ANY) {
            Optional<UpstreamConnection> kept = lane.youngestReady();
            if (kept.isPresent()) {
                taker.leased(kept.get(), Event.Leased.Origin.REUSED);
                return SETTLED;
            }
        }
        // Whoever waits already comes first, also between the end of a connection and the service of the queue.
        if (lane.queue.isEmpty() && lane.hasRoom()) {
            return open(upstream, lane, taker);
        }
        if (lane.queue.size() >= options.maxQueue()) {
            taker.leaseFailed(busy(upstream, "and " + options.maxQueue() + " exchanges wait already"));
            return SETTLED;
        }
        Waiting waiting = new Waiting(upstream, lane, freshness, taker);
        lane.queue.addLast(waiting);
        return waiting;
    }

    @Override
    public Claim hold(Upstream upstream, Stay stay, Taker taker) {
        return holds.hold(upstream, stay, taker);
    }

    /** Nobody is kept waiting any more for an upstream that is away. */
    public void endHolds() {
        holds.close();
    }

    private Refusal busy(Upstream upstream, String why) {
        return new Refusal(
                Cause.UPSTREAM_BUSY,
                upstream + ": all " + options.maxConnections() + " connections are in use, " + why);
    }

    private Claim open(Upstream upstream, Lane lane, Taker taker) {
        lane.opening++;
        Opening opening = new Opening(lane, taker);
        connector.connect(upstream, this, opening);
        return opening;
    }

    /** Lets the exchange that has waited longest have what has become free. */
    private void serveQueue(Lane lane) {
        while (!lane.queue.isEmpty()) {
            Waiting first = lane.queue.peekFirst();
            Optional<UpstreamConnection> kept = switch (first.freshness) {
                case ANY -> lane.youngestReady();
                case NEW -> Optional.empty();
            };
            if (kept.isPresent()) {
                lane.queue.pollFirst();
                first.serve(kept.get());
            } else if (lane.hasRoom()) {
                lane.queue.pollFirst();
                first.open();
            } else {
                return;
            }
        }
    }

    /** What one upstream has on this event loop. */
    private final class Lane {
        private final Deque<Idle> idle = new ArrayDeque<>();
        private final Deque<Waiting> queue = new ArrayDeque<>(0);
        private final Set<UpstreamConnection> open = new HashSet<>();
        private int opening;

        int size() {
            return open.size() + opening;
        }

        PoolFigures figures(Upstream upstream) {
            return new PoolFigures(upstream, idle.size(), open.size() - idle.size(), opening, queue.size());
        }

        boolean isDeserted() {
            return size() == 0 && queue.isEmpty();
        }

        /** Whether another connection may be opened; the oldest that nobody uses makes way for it. */
        boolean hasRoom() {
            if (size() >= options.maxConnections() && !idle.isEmpty()) {
                idle.pollFirst().connection.discard();
            }
            return size() < options.maxConnections();
        }

        Optional<UpstreamConnection> youngestReady() {
            while (!idle.isEmpty()) {
                Idle youngest = idle.pollLast();
                if (isFresh(youngest) && youngest.connection.isReady()) {
                    return Optional.of(youngest.connection);
                }
                youngest.connection.discard();
            }
            return Optional.empty();
        }
    }

    /** An exchange that waits for a connection to become free. */
    private final class Waiting implements Claim {
        private final Upstream upstream;
        private final Lane lane;
        private final Freshness freshness;
        private final Taker taker;
        private final Future<?> limit;
        private Claim opening = SETTLED;

        Waiting(Upstream upstream, Lane lane, Freshness freshness, Taker taker) {
            this.upstream = upstream;
            this.lane = lane;
            this.freshness = freshness;
            this.taker = taker;
            this.limit = callbacks.after(options.connectTimeout(), this::waitedTooLong);
        }

        void serve(UpstreamConnection connection) {
            limit.cancel(false);
            taker.leased(connection, Event.Leased.Origin.REUSED);
        }

        void open() {
            limit.cancel(false);
            opening = UpstreamPool.this.open(upstream, lane, taker);
        }

        private void waitedTooLong() {
            if (lane.queue.remove(this)) {
                taker.leaseFailed(busy(upstream, "and none became free within " + options.connectTimeout()));
            }
        }

        @Override
        public void withdraw() {
            limit.cancel(false);
            lane.queue.remove(this);
            opening.withdraw();
        }
    }

    /** A connect under way. One that nobody waits for any more is kept for the next exchange. */
    private final class Opening implements Claim, Connector.Result {
        private final Lane lane;
        private final Taker taker;
        private boolean withdrawn;

        Opening(Lane lane, Taker taker) {
            this.lane = lane;
            this.taker = taker;
        }

        @Override
        public void withdraw() {
            withdrawn = true;
        }

        @Override
        public void connected(UpstreamConnection connection) {
            lane.opening--;
            lane.open.add(connection);
            if (withdrawn) {
                connection.rest();
            } else {
                taker.leased(connection, Event.Leased.Origin.FRESH);
            }
        }

        @Override
        public void failed(Refusal refusal) {
            lane.opening--;
            if (!withdrawn) {
                taker.leaseFailed(refusal);
            }
            serveQueue(lane);
        }
    }

    @Override
    public void gaveBack(UpstreamConnection connection) {
        Lane lane = lane(connection);
        if (closed || lane.idle.size() >= options.maxIdle()) {
            connection.discard();
            return;
        }
        lane.idle.addLast(new Idle(connection, System.nanoTime()));
        serveQueue(lane);
        sweepLater();
    }

    @Override
    public void left(UpstreamConnection connection) {
        Lane lane = lane(connection);
        lane.open.remove(connection);
        lane.idle.removeIf(entry -> entry.connection == connection);
        if (!lane.queue.isEmpty()) {
            callbacks.soon(() -> serveQueue(lane));
        }
    }

    private Lane lane(UpstreamConnection connection) {
        return lanes.computeIfAbsent(connection.upstream(), upstream -> new Lane());
    }

    private boolean isFresh(Idle entry) {
        return System.nanoTime() - entry.since < options.idle().toNanos();
    }

    /**
     * One timer for the whole pool, and none while nothing waits. {@link Duration#dividedBy} would set up the tables of
     * {@code BigDecimal} first, and the first client would wait 20 ms for them.
     */
    private void sweepLater() {
        if (!sweeping) {
            sweeping = true;
            callbacks.after(Duration.ofNanos(options.idle().toNanos() / 4), this::sweep);
        }
    }

    private void sweep() {
        sweeping = false;
        boolean left = false;
        for (Lane lane : lanes.values()) {
            while (!lane.idle.isEmpty() && !isFresh(lane.idle.peekFirst())) {
                lane.idle.pollFirst().connection.discard();
            }
            left |= !lane.idle.isEmpty();
        }
        if (left) {
            sweepLater();
        }
    }

    /** Closes what waits, and whatever is given back from now on. */
    public void close() {
        closed = true;
        for (Lane lane : lanes.values()) {
            while (!lane.idle.isEmpty()) {
                lane.idle.pollFirst().connection.discard();
            }
        }
    }
}
