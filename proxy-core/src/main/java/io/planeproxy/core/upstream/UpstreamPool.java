package io.planeproxy.core.upstream;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.planeproxy.core.exchange.Event;
import io.planeproxy.core.exchange.Refusal;
import io.planeproxy.core.h1.UpstreamConnection;
import io.planeproxy.core.relay.Journal;
import io.planeproxy.core.relay.UpstreamSource;
import io.planeproxy.core.route.Upstream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The upstream connections of one event loop. The one used last is lent first, so that the others can grow old and be
 * closed before the upstream does it.
 */
public final class UpstreamPool implements UpstreamSource, UpstreamConnection.Home {
    private static final Claim SETTLED = () -> {};

    private final EventLoop loop;
    private final UpstreamOptions options;
    private final Connector connector;
    private final Map<Upstream, Deque<Idle>> idle = new HashMap<>();
    private boolean sweeping;
    private boolean closed;

    public UpstreamPool(
            EventLoop loop,
            Resolver resolver,
            Class<? extends Channel> socketChannel,
            UpstreamTlsHandlers tls,
            UpstreamOptions options,
            Journal journal) {
        this.loop = loop;
        this.options = options;
        this.connector = new Connector(loop, resolver, socketChannel, tls, options, journal);
    }

    /** @param since {@link System#nanoTime()} when it was given back */
    private record Idle(UpstreamConnection connection, long since) {}

    @Override
    public Claim lease(Upstream upstream, Freshness freshness, Taker taker) {
        if (freshness == Freshness.ANY) {
            Deque<Idle> waiting = idle.getOrDefault(upstream, new ArrayDeque<>(0));
            while (!waiting.isEmpty()) {
                Idle youngest = waiting.pollLast();
                if (isFresh(youngest) && youngest.connection.isReady()) {
                    taker.leased(youngest.connection, Event.Leased.Origin.REUSED);
                    return SETTLED;
                }
                youngest.connection.discard();
            }
        }
        return open(upstream, taker);
    }

    private Claim open(Upstream upstream, Taker taker) {
        Opening opening = new Opening(taker);
        connector.connect(upstream, this, opening);
        return opening;
    }

    /** A connect under way. One that nobody waits for any more is kept for the next exchange. */
    private final class Opening implements Claim, Connector.Result {
        private final Taker taker;
        private boolean withdrawn;

        Opening(Taker taker) {
            this.taker = taker;
        }

        @Override
        public void withdraw() {
            withdrawn = true;
        }

        @Override
        public void connected(UpstreamConnection connection) {
            if (withdrawn) {
                gaveBack(connection);
            } else {
                taker.leased(connection, Event.Leased.Origin.FRESH);
            }
        }

        @Override
        public void failed(Refusal refusal) {
            if (!withdrawn) {
                taker.leaseFailed(refusal);
            }
        }
    }

    @Override
    public void gaveBack(UpstreamConnection connection) {
        Deque<Idle> waiting = idle.computeIfAbsent(connection.upstream(), upstream -> new ArrayDeque<>());
        if (closed || waiting.size() >= options.maxIdle()) {
            connection.discard();
            return;
        }
        waiting.addLast(new Idle(connection, System.nanoTime()));
        sweepLater();
    }

    @Override
    public void left(UpstreamConnection connection) {
        Deque<Idle> waiting = idle.get(connection.upstream());
        if (waiting != null) {
            waiting.removeIf(entry -> entry.connection == connection);
        }
    }

    private boolean isFresh(Idle entry) {
        return System.nanoTime() - entry.since < options.idle().toNanos();
    }

    /** One timer for the whole pool, and none while nothing waits. */
    private void sweepLater() {
        if (!sweeping) {
            sweeping = true;
            loop.schedule(this::sweep, Math.max(1, options.idle().toNanos() / 4), TimeUnit.NANOSECONDS);
        }
    }

    private void sweep() {
        sweeping = false;
        boolean left = false;
        for (Deque<Idle> waiting : idle.values()) {
            while (!waiting.isEmpty() && !isFresh(waiting.peekFirst())) {
                waiting.pollFirst().connection.discard();
            }
            left |= !waiting.isEmpty();
        }
        if (left) {
            sweepLater();
        }
    }

    /** Closes what waits, and whatever is given back from now on. */
    public void close() {
        closed = true;
        for (Deque<Idle> waiting : idle.values()) {
            while (!waiting.isEmpty()) {
                waiting.pollFirst().connection.discard();
            }
        }
    }
}
