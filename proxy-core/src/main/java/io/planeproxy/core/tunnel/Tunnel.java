package io.planeproxy.core.tunnel;

import io.netty.channel.EventLoop;
import io.planeproxy.core.cause.Cause;
import io.planeproxy.core.http.Intent;
import io.planeproxy.core.relay.Callbacks;
import io.planeproxy.core.relay.Closing;
import io.planeproxy.core.relay.Deadline;
import io.planeproxy.core.relay.Journal;
import io.planeproxy.core.relay.Party;
import io.planeproxy.core.relay.Pump;
import io.planeproxy.core.relay.RoundTrips;
import io.planeproxy.core.relay.Switched;
import io.planeproxy.core.relay.TunnelEnd;
import io.planeproxy.core.relay.TunnelEnding;
import io.planeproxy.core.relay.TunnelRecord;
import io.planeproxy.core.relay.TunnelSnapshot;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Two connections joined: what comes from one goes to the other unchanged. Ends when both directions have been closed, when
 * a connection breaks, when nothing has passed for too long, or by {@link #drain}.
 */
public final class Tunnel {
    /** How long a drained tunnel waits for the next piece of a frame, and for the close frames that answer its own. */
    private static final Duration ECHO_LIMIT = Duration.ofSeconds(5);

    /** How long the last bytes may take on their way out. */
    private static final Duration LAST_BYTES_LIMIT = Duration.ofSeconds(10);

    private static final TunnelEnding SHUTTING_DOWN =
            new TunnelEnding.Stopped(Cause.SHUTDOWN, "the proxy is shutting down");

    private final Switched switched;
    private final TunnelOptions options;
    private final Journal journal;
    private final Consumer<Tunnel> over;
    private final EventLoop loop;
    private final Callbacks callbacks;
    private final TunnelSide client;
    private final TunnelSide upstream;
    private final RoundTrip clientTrip;
    private final RoundTrip upstreamTrip;
    private final OwnPings pings = new OwnPings();
    private final Optional<Heartbeat> heartbeat;
    private final Deadline limit;
    private final Ending ending = new Ending();
    private final long began;
    private State state = State.OPEN;

    private enum State {
        OPEN,
        /** Close frames go out, or are out, and their answers are awaited. */
        DRAINING,
        /** Told to the journal; the last bytes are on their way. */
        ENDED
    }

    private Tunnel(Switched switched, TunnelOptions options, Journal journal, Consumer<Tunnel> over) {
        this.switched = switched;
        this.options = options;
        this.journal = journal;
        this.over = over;
        this.loop = switched.clientEnd().channel().eventLoop();
        this.callbacks = new Callbacks(loop, this::fault);
        this.limit = new Deadline(callbacks, this::waitedTooLong);
        this.clientTrip = new RoundTrip(nanos -> journal.ponged(Party.CLIENT, nanos));
        this.upstreamTrip = new RoundTrip(nanos -> journal.ponged(Party.UPSTREAM, nanos));
        boolean webSocket = switched.head().intent() instanceof Intent.Upgrade upgrade && upgrade.isWebSocket();
        this.client = side(
                Party.CLIENT,
                switched.clientEnd(),
                webSocket ? new Watch(Party.CLIENT, upstreamTrip, clientTrip) : null);
        this.upstream = side(
                Party.UPSTREAM,
                switched.upstreamEnd(),
                webSocket ? new Watch(Party.UPSTREAM, clientTrip, upstreamTrip) : null);
        this.heartbeat = options.ping()
                .filter(period -> webSocket)
                .map(period -> new Heartbeat(period, pings, client, upstream, callbacks, this::clientVanished));
        this.began = loop.ticker().nanoTime();
    }

    private TunnelSide side(Party party, TunnelEnd end, @Nullable Watch watch) {
        Passage passage =
                watch == null ? null : new Passage(new FrameObserver(watch), new PongSieve(pings, this::answered));
        return new TunnelSide(party, end.channel(), loop.ticker(), new Events(), passage);
    }

    /**
     * Joins the two sides; must be called on the event loop of both. What had come behind the heads goes first.
     *
     * @param over told once, when both connections are closed
     */
    public static Tunnel open(Switched switched, TunnelOptions options, Journal journal, Consumer<Tunnel> over) {
        Tunnel tunnel = new Tunnel(switched, options, journal, over);
        tunnel.limit.set(options.idleLimit());
        tunnel.heartbeat.ifPresent(Heartbeat::start);
        tunnel.client.join(tunnel.upstream, new Pump(tunnel.client, tunnel.upstream));
        tunnel.upstream.join(tunnel.client, new Pump(tunnel.upstream, tunnel.client));
        tunnel.client.start(switched.clientEnd().received());
        tunnel.upstream.start(switched.upstreamEnd().received());
        return tunnel;
    }

    /** What it is now; must be called on its event loop. */
    public TunnelSnapshot snapshot() {
        return new TunnelSnapshot(
                switched.facts(),
                switched.clientAddress(),
                switched.head(),
                switched.id(),
                switched.upstream(),
                Duration.ofNanos(loop.ticker().nanoTime() - began),
                client.flow(),
                upstream.flow(),
                new RoundTrips(clientTrip.last(), upstreamTrip.last()));
    }

    /** Adds what has passed so far. */
    public void addTo(TrafficSum fromClients, TrafficSum fromUpstreams) {
        client.addTo(fromClients);
        upstream.addTo(fromUpstreams);
    }

    /**
     * Closes the tunnel in the way of its protocol: a WebSocket gets a close frame 1012 in each direction, behind the frame
     * that is under way, and its answers are awaited for a few seconds. What is no WebSocket is closed at once.
     */
    public void drain() {
        if (state != State.OPEN) {
            return;
        }
        state = State.DRAINING;
        heartbeat.ifPresent(Heartbeat::stop);
        limit.set(ECHO_LIMIT);
        client.closeDirection(closing(ClosingFrame::toUpstream));
        upstream.closeDirection(closing(ClosingFrame::toClient));
        endIfNothingIsAwaited();
    }

    private Passage.Frames closing(Passage.Frames frames) {
        return (boundary, allocator) -> {
            ending.came(new TunnelEnding.Closed(
                    Party.PROXY, new Closing(OptionalInt.of(ClosingFrame.SERVICE_RESTART), "")));
            return frames.frame(boundary, allocator);
        };
    }

    /** Ends the tunnel now, since the proxy ends. @param why for the log */
    public void close(String why) {
        end(new TunnelEnding.Stopped(Cause.SHUTDOWN, why));
    }

    private void waitedTooLong() {
        switch (state) {
            case OPEN ->
                end(new TunnelEnding.Stopped(
                        Cause.TUNNEL_IDLE,
                        "nothing passed for " + options.idleLimit().toSeconds() + " s"));
            case DRAINING -> end(SHUTTING_DOWN);
            case ENDED -> {
                client.closeNow();
                upstream.closeNow();
            }
        }
    }

    private void clientVanished() {
        end(new TunnelEnding.Lost(Party.CLIENT, TunnelEnding.Manner.VANISHED, client.silence()));
    }

    /** The client has answered a ping of ours. */
    private void answered() {
        if (pings.unanswered() == 1) {
            clientTrip.took(client.heardAt() - pings.sentAt());
        }
        pings.answered();
    }

    private void endIfNothingIsAwaited() {
        boolean closingIsOut = client.isDirectionClosed() && upstream.isDirectionClosed();
        if (state == State.DRAINING && closingIsOut && client.awaitsNoClose() && upstream.awaitsNoClose()) {
            end(SHUTTING_DOWN);
        }
    }

    /** @param now what ends it, where nothing else has begun to before */
    private void end(TunnelEnding now) {
        if (state == State.ENDED) {
            return;
        }
        state = State.ENDED;
        heartbeat.ifPresent(Heartbeat::stop);
        journal.tunnelEnded(new TunnelRecord(snapshot(), ending.first(now)));
        limit.set(LAST_BYTES_LIMIT);
        client.close();
        upstream.close();
        // Not at once, since a tunnel may end while it is being opened.
        client.whenClosed(() -> upstream.whenClosed(() -> callbacks.soon(this::isOver)));
    }

    private void isOver() {
        limit.cancel();
        over.accept(this);
    }

    private TunnelSide otherThan(TunnelSide side) {
        return side == client ? upstream : client;
    }

    /** What the frames of one direction tell. */
    private final class Watch implements FrameObserver.Listener {
        private final Party from;
        private final RoundTrip pings;
        private final RoundTrip pongs;

        /**
         * @param pings of the side that this direction leads to
         * @param pongs of the side that this direction comes from
         */
        Watch(Party from, RoundTrip pings, RoundTrip pongs) {
            this.from = from;
            this.pings = pings;
            this.pongs = pongs;
        }

        private TunnelSide side() {
            return from == client.party() ? client : upstream;
        }

        @Override
        public void pinged(int length) {
            pings.pinged(length, side().heardAt());
        }

        @Override
        public void ponged(int length) {
            pongs.ponged(length, side().heardAt());
        }

        @Override
        public void closed(Closing closing) {
            ending.came(new TunnelEnding.Closed(from, closing));
            side().hasSentClose();
            // The frame itself is still on its way through; look again when it is out.
            callbacks.soon(Tunnel.this::endIfNothingIsAwaited);
        }

        @Override
        public void malformed(String seen) {
            journal.tunnelMalformed(switched.facts(), from.text() + ": " + seen);
        }
    }

    private final class Events implements TunnelSide.Events {
        @Override
        public void moved(TunnelSide side) {
            switch (state) {
                case OPEN -> limit.set(options.idleLimit());
                case DRAINING -> {
                    // A frame that is under way is waited for as long as it goes on.
                    if (!side.isDirectionClosed()) {
                        limit.set(ECHO_LIMIT);
                    }
                }
                case ENDED -> {}
            }
        }

        @Override
        public void finished(TunnelSide side) {
            if (state == State.DRAINING) {
                endIfNothingIsAwaited();
                return;
            }
            TunnelEnding lost = new TunnelEnding.Lost(side.party(), TunnelEnding.Manner.ENDED, side.silence());
            ending.came(lost);
            if (otherThan(side).hasFinished()) {
                end(lost);
            } else {
                otherThan(side).halfClose();
            }
        }

        @Override
        public void broke(TunnelSide side, TunnelEnding.Manner manner) {
            end(new TunnelEnding.Lost(side.party(), manner, side.silence()));
        }

        @Override
        public void fault(Throwable fault) {
            Tunnel.this.fault(fault);
        }
    }

    private void fault(Throwable fault) {
        journal.bug("tunnel", fault);
        end(new TunnelEnding.Stopped(Cause.INTERNAL, "a fault in the proxy"));
    }
}
