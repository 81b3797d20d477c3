package io.planeproxy.core.engine;

import io.netty.util.concurrent.Ticker;
import io.planeproxy.core.relay.Callbacks;
import io.planeproxy.core.relay.Tally;
import java.time.Duration;

/**
 * Looks how late an event loop comes to its work. After a stall it has one look for each that was missed, each later than the
 * next, as clients had them.
 */
final class LateWatch {
    private static final Duration PERIOD = Duration.ofMillis(100);

    private final Callbacks callbacks;
    private final Ticker clock;
    private final Tally tally;
    private long due;

    private LateWatch(Callbacks callbacks, Tally tally) {
        this.callbacks = callbacks;
        this.clock = callbacks.loop().ticker();
        this.tally = tally;
    }

    /** From now on until the event loop ends. */
    static void start(Callbacks callbacks, Tally tally) {
        LateWatch watch = new LateWatch(callbacks, tally);
        callbacks.soon(watch::begin);
    }

    private void begin() {
        due = clock.nanoTime() + PERIOD.toNanos();
        callbacks.every(PERIOD, this::look);
    }

    private void look() {
        long late = Math.max(0, clock.nanoTime() - due);
        due += PERIOD.toNanos();
        tally.eventLoopLate(late);
    }
}
