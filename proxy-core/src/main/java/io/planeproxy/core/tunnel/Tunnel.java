package io.planeproxy.core.tunnel;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.planeproxy.core.http.Intent;
import io.planeproxy.core.relay.Deadline;
import io.planeproxy.core.relay.Journal;
import io.planeproxy.core.relay.Pump;
import io.planeproxy.core.relay.Switched;
import io.planeproxy.core.relay.TunnelRecord;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Two connections joined: what comes from one goes to the other unchanged. Ends when both directions have been closed, when
 * a connection breaks, when nothing has passed for too long, or by {@link #drain}.
 */
public final class Tunnel {
    /** How long a drained tunnel waits for the close frames that answer its own. */
    private static final Duration ECHO_LIMIT = Duration.ofSeconds(5);

    private static final String SHUTTING_DOWN = "the proxy is shutting down";

    private final Switched switched;
    private final Duration idleLimit;
    private final Journal journal;
    private final Consumer<Tunnel> over;
    private final EventLoop loop;
    private final TunnelSide client;
    private final TunnelSide upstream;
    private final Deadline idle;
    private final Ending ending = new Ending();
    private final long began;
    private boolean ended;
    private boolean draining;

    private Tunnel(Switched switched, Duration idleLimit, Journal journal, Consumer<Tunnel> over) {
        Channel clientChannel = switched.clientEnd().channel();
        Channel upstreamChannel = switched.upstreamEnd().channel();
        this.switched = switched;
        this.idleLimit = idleLimit;
        this.journal = journal;
        this.over = over;
        this.loop = clientChannel.eventLoop();
        this.idle = new Deadline(loop, this::waitedTooLong);
        boolean webSocket = switched.head().intent() instanceof Intent.Upgrade upgrade && upgrade.isWebSocket();
        this.client = new TunnelSide(
                "client", clientChannel, new Events(), webSocket ? passage("client", ClosingFrame::toUpstream) : null);
        this.upstream = new TunnelSide(
                "upstream",
                upstreamChannel,
                new Events(),
                webSocket ? passage("upstream", ClosingFrame::toClient) : null);
        this.began = loop.ticker().nanoTime();
    }

    private Passage passage(String from, Passage.Frames frames) {
        return new Passage(new FrameObserver(new Watch(from)), (boundary, allocator) -> {
            ending.closedByProxy(ClosingFrame.SERVICE_RESTART);
            return frames.closing(boundary, allocator);
        });
    }

    /**
     * Joins the two sides; must be called on the event loop of both. What had come behind the heads goes first.
     *
     * @param idleLimit how long nothing at all may pass
     * @param over told once, when the tunnel has ended
     */
    public static Tunnel open(Switched switched, Duration idleLimit, Journal journal, Consumer<Tunnel> over) {
        Tunnel tunnel = new Tunnel(switched, idleLimit, journal, over);
        tunnel.idle.set(idleLimit);
        tunnel.client.join(tunnel.upstream, new Pump(tunnel.client, tunnel.upstream));
        tunnel.upstream.join(tunnel.client, new Pump(tunnel.upstream, tunnel.client));
        tunnel.client.start(switched.clientEnd().received());
        tunnel.upstream.start(switched.upstreamEnd().received());
        return tunnel;
    }

    /**
     * Closes the tunnel in the way of its protocol: a WebSocket gets a close frame 1012 in each direction, behind the frame
     * that is under way, and its answers are awaited for a few seconds. What is no WebSocket is closed at once.
     */
    public void drain() {
        if (ended || draining) {
            return;
        }
        draining = true;
        idle.set(ECHO_LIMIT);
        client.closeDirection();
        upstream.closeDirection();
        endIfNothingIsAwaited();
    }

    /** Ends the tunnel now. @param why for the log */
    public void close(String why) {
        end(ending.words(why));
    }

    private void waitedTooLong() {
        end(ending.words(draining ? SHUTTING_DOWN : "nothing passed for " + idleLimit));
    }

    private void endIfNothingIsAwaited() {
        boolean closingIsOut = client.isDirectionClosed() && upstream.isDirectionClosed();
        if (draining && closingIsOut && client.awaitsNoClose() && upstream.awaitsNoClose()) {
            end(ending.words(SHUTTING_DOWN));
        }
    }

    private void end(String how) {
        if (ended) {
            return;
        }
        ended = true;
        idle.cancel();
        client.close();
        upstream.close();
        journal.tunnelEnded(new TunnelRecord(
                switched.facts(),
                switched.identity().client(),
                switched.head(),
                switched.upstream(),
                client.count(),
                upstream.count(),
                Duration.ofNanos(loop.ticker().nanoTime() - began),
                how));
        over.accept(this);
    }

    /** What the frames of one direction tell. */
    private final class Watch implements FrameObserver.Listener {
        private final String from;

        Watch(String from) {
            this.from = from;
        }

        @Override
        public void closed(Closing closing) {
            ending.closed(from, closing);
            (from.equals(client.name()) ? client : upstream).hasSentClose();
            // The frame itself is still on its way through; look again when it is out.
            loop.execute(Tunnel.this::endIfNothingIsAwaited);
        }

        @Override
        public void malformed(String seen) {
            journal.tunnelMalformed(switched.facts(), from + ": " + seen);
        }
    }

    private final class Events implements TunnelSide.Events {
        @Override
        public void moved(TunnelSide side) {
            if (!ended && !draining) {
                idle.set(idleLimit);
            }
        }

        @Override
        public void finished(TunnelSide side) {
            TunnelSide other = side == client ? upstream : client;
            if (draining) {
                side.hasSentClose();
                endIfNothingIsAwaited();
            } else if (other.hasFinished()) {
                end(ending.words(other.name() + " closed, then " + side.name()));
            } else {
                ending.ended(side.name(), side.silence());
                other.halfClose();
            }
        }

        @Override
        public void broke(TunnelSide side, String how) {
            end(ending.words(side.name(), how, side.silence()));
        }

        @Override
        public void fault(Throwable fault) {
            journal.bug("tunnel", fault);
            end("a fault in the proxy");
        }
    }
}
