package io.planeproxy.core.tunnel;

import io.netty.util.concurrent.Ticker;
import io.planeproxy.core.relay.Callbacks;
import io.planeproxy.core.relay.Deadline;
import java.time.Duration;

/**
 * Asks a client that has been silent for a period for a sign of life, with a ping between two frames, and finds it vanished
 * when a further period brings none. Whoever takes bytes that have waited for it is slow, and not gone.
 */
final class Heartbeat {
    private final Duration period;
    private final OwnPings pings;
    private final TunnelSide client;
    private final TunnelSide upstream;
    private final Runnable vanished;
    private final Ticker clock;
    private final Deadline beat;
    private long untaken;

    /** @param vanished told when the client gives no sign of life; the beat stops then */
    Heartbeat(
            Duration period,
            OwnPings pings,
            TunnelSide client,
            TunnelSide upstream,
            Callbacks callbacks,
            Runnable vanished) {
        this.period = period;
        this.pings = pings;
        this.client = client;
        this.upstream = upstream;
        this.vanished = vanished;
        this.clock = callbacks.loop().ticker();
        this.beat = new Deadline(callbacks, this::beat);
    }

    void start() {
        beat.set(period);
    }

    void stop() {
        beat.cancel();
    }

    private void beat() {
        Duration silence = client.silence();
        if (silence.compareTo(period) < 0) {
            beat.set(period.minus(silence));
        } else if (!isAsked()) {
            beat.set(period);
            untaken = client.untaken();
            upstream.insert((boundary, allocator) -> pings.frame(boundary, allocator, clock.nanoTime()));
        } else {
            judge(Duration.ofNanos(clock.nanoTime() - pings.sentAt()));
        }
    }

    /** Whether a ping has gone out since the client was last heard; it may still be waiting for the end of a frame. */
    private boolean isAsked() {
        return pings.areUnanswered() && pings.sentAt() - client.heardAt() > 0;
    }

    private void judge(Duration sinceAsked) {
        if (sinceAsked.compareTo(period) < 0) {
            beat.set(period.minus(sinceAsked));
        } else if (isTaking()) {
            beat.set(period);
        } else {
            vanished.run();
        }
    }

    private boolean isTaking() {
        long before = untaken;
        untaken = client.untaken();
        return untaken > 0 && untaken != before;
    }
}
