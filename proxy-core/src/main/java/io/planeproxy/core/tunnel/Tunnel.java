package io.planeproxy.core.tunnel;

import io.netty.channel.Channel;
import io.planeproxy.core.relay.Deadline;
import io.planeproxy.core.relay.Journal;
import io.planeproxy.core.relay.Pump;
import io.planeproxy.core.relay.Switched;
import io.planeproxy.core.relay.TunnelRecord;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Two connections joined: what comes from one goes to the other, unread and unchanged. Ends when both directions have
 * been closed, when a connection breaks, or when nothing has passed for too long.
 */
public final class Tunnel {
    private final Switched switched;
    private final Duration idleLimit;
    private final Journal journal;
    private final Consumer<Tunnel> over;
    private final TunnelSide client;
    private final TunnelSide upstream;
    private final Deadline idle;
    private final long began = System.nanoTime();
    private boolean ended;

    private Tunnel(Switched switched, Duration idleLimit, Journal journal, Consumer<Tunnel> over) {
        Channel clientChannel = switched.clientEnd().channel();
        Channel upstreamChannel = switched.upstreamEnd().channel();
        this.switched = switched;
        this.idleLimit = idleLimit;
        this.journal = journal;
        this.over = over;
        this.idle = new Deadline(clientChannel.eventLoop(), () -> end("nothing passed for " + idleLimit));
        this.client = new TunnelSide("client", clientChannel, new Events());
        this.upstream = new TunnelSide("upstream", upstreamChannel, new Events());
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

    /** Ends the tunnel now. @param why for the log */
    public void close(String why) {
        end(why);
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
                Duration.ofNanos(System.nanoTime() - began),
                how));
        over.accept(this);
    }

    private final class Events implements TunnelSide.Events {
        @Override
        public void moved() {
            if (!ended) {
                idle.set(idleLimit);
            }
        }

        @Override
        public void finished(TunnelSide side) {
            TunnelSide other = side == client ? upstream : client;
            if (other.hasFinished()) {
                end(other.name() + " closed, then " + side.name());
            } else {
                other.halfClose();
            }
        }

        @Override
        public void broke(TunnelSide side, String how) {
            end(side.name() + " " + how);
        }

        @Override
        public void fault(Throwable fault) {
            journal.bug("tunnel", fault);
            end("a fault in the proxy");
        }
    }
}
