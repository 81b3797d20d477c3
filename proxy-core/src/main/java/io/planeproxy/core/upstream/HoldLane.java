package io.planeproxy.core.upstream;

import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.exchange.Event;
import io.planeproxy.core.relay.Callbacks;
import io.planeproxy.core.relay.UpstreamSource;
import io.planeproxy.core.relay.UpstreamSource.Claim;
import io.planeproxy.core.relay.UpstreamSource.Freshness;
import io.planeproxy.core.relay.UpstreamSource.Stay;
import io.planeproxy.core.relay.UpstreamSource.Taker;
import io.planeproxy.core.relay.UpstreamStream;
import io.planeproxy.core.route.Upstream;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Those who wait on one event loop for the same upstream. One connect is tried for all of them; who has waited longest gets
 * its connection. When that one has not come back for a moment, so that the upstream serves and does not only accept, the
 * others are let go one after the other.
 */
final class HoldLane {
    private static final Duration PROOF = Duration.ofMillis(300);
    private static final Duration LONGEST_RELEASE = Duration.ofSeconds(2);
    private static final Duration LONGEST_GAP = Duration.ofMillis(20);

    private final Upstream upstream;
    private final Callbacks callbacks;
    private final UpstreamSource connections;
    private final HoldCount count;
    private final Runnable empty;
    private final Set<Held> waiting = new LinkedHashSet<>();
    private Phase phase;
    private int failures;
    private Refusal why;

    /**
     * @param why what says that the upstream is away
     * @param empty told once, when nobody waits any more; the lane is of no use then
     */
    HoldLane(
            Upstream upstream,
            Refusal why,
            Callbacks callbacks,
            UpstreamSource connections,
            HoldCount count,
            Runnable empty) {
        this.upstream = upstream;
        this.why = why;
        this.callbacks = callbacks;
        this.connections = connections;
        this.count = count;
        this.empty = empty;
        this.phase = new Phase.Pausing(after(Backoff.delay(0, chance()), this::tryOne));
    }

    /** What is done about the upstream; each phase holds what ends it. */
    private sealed interface Phase {
        /** Until the next try. */
        record Pausing(Future<?> timer) implements Phase {}

        /** A connect is under way. */
        record Trying(Claim connect) implements Phase {}

        /** Somebody has a connection, and may be back at once. */
        record Proving(Future<?> timer) implements Phase {}

        /** It is back: the others follow. */
        record Releasing(Future<?> timer) implements Phase {}

        /** Nobody is left. */
        record Over() implements Phase {}
    }

    Claim add(Stay stay, Taker taker) {
        Held held = new Held(stay.limit(), taker);
        waiting.add(held);
        why = stay.why();
        switch (phase) {
            case Phase.Pausing pausing -> {}
            case Phase.Trying trying -> {}
            // Whoever comes has just seen that the upstream is away.
            case Phase.Proving(Future<?> timer) -> {
                timer.cancel(false);
                pause();
            }
            case Phase.Releasing(Future<?> timer) -> {
                timer.cancel(false);
                pause();
            }
            case Phase.Over over -> throw new IllegalStateException("somebody waits in a lane that is over");
        }
        return held;
    }

    private void pause() {
        failures++;
        phase = new Phase.Pausing(after(Backoff.delay(failures, chance()), this::tryOne));
    }

    private void tryOne() {
        Trial trial = new Trial();
        Claim connect = connections.lease(upstream, Freshness.NEW, trial);
        if (trial.underWay) {
            phase = new Phase.Trying(connect);
        }
    }

    /** Takes a connection for who has waited longest. */
    private final class Trial implements Taker {
        private boolean underWay = true;

        @Override
        public void leased(UpstreamStream stream, Event.Leased.Origin origin) {
            underWay = false;
            phase = new Phase.Proving(after(PROOF, HoldLane.this::release));
            next().taker.leased(stream, origin);
        }

        @Override
        public void leaseFailed(Refusal refusal) {
            underWay = false;
            why = refusal;
            pause();
        }
    }

    private void release() {
        failures = 0;
        Duration gap = LONGEST_RELEASE.dividedBy(Math.max(1, waiting.size()));
        releaseNext(gap.compareTo(LONGEST_GAP) < 0 ? gap : LONGEST_GAP);
    }

    private void releaseNext(Duration gap) {
        if (waiting.isEmpty()) {
            end();
            return;
        }
        phase = new Phase.Releasing(after(gap, () -> releaseNext(gap)));
        next().connect();
    }

    private Held next() {
        Held next = waiting.iterator().next();
        next.leave();
        return next;
    }

    private void end() {
        phase = new Phase.Over();
        empty.run();
    }

    /** Answers all with that refusal. */
    void dismiss(Refusal refusal) {
        List.copyOf(waiting).forEach(held -> {
            held.leave();
            held.taker.leaseFailed(refusal);
        });
        endIfEmpty();
    }

    /** While somebody has a connection on trial the lane stays, so that it is known when that one comes back. */
    private void endIfEmpty() {
        if (!waiting.isEmpty()) {
            return;
        }
        switch (phase) {
            case Phase.Pausing(Future<?> timer) -> endNow(timer);
            case Phase.Releasing(Future<?> timer) -> endNow(timer);
            case Phase.Trying(Claim connect) -> {
                connect.withdraw();
                end();
            }
            case Phase.Proving proving -> {}
            case Phase.Over over -> {}
        }
    }

    private void endNow(Future<?> timer) {
        timer.cancel(false);
        end();
    }

    private Future<?> after(Duration delay, Runnable task) {
        return callbacks.after(delay, task);
    }

    private static double chance() {
        return ThreadLocalRandom.current().nextDouble();
    }

    /** One who waits. */
    private final class Held implements Claim {
        private final Taker taker;
        private final Future<?> limit;
        private Claim connect = () -> {};

        Held(Duration limit, Taker taker) {
            this.taker = taker;
            this.limit = after(limit, this::waitedTooLong);
        }

        void leave() {
            if (waiting.remove(this)) {
                limit.cancel(false);
                count.leave();
            }
        }

        void connect() {
            connect = connections.lease(upstream, Freshness.NEW, taker);
        }

        private void waitedTooLong() {
            leave();
            endIfEmpty();
            taker.leaseFailed(Holds.away(why, "and was not back in time"));
        }

        @Override
        public void withdraw() {
            leave();
            connect.withdraw();
            endIfEmpty();
        }
    }
}
