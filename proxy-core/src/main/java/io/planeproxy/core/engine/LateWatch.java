package io.planeproxy.core.engine;

import io.netty.channel.EventLoop;
import io.planeproxy.core.relay.Tally;
import java.util.concurrent.TimeUnit;

/**
 * Looks how late an event loop comes to its work. After a stall it has one look for each that was missed, each later than the
 * next, as clients had them.
 */
final class LateWatch {
    private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(100);

    private final EventLoop loop;
    private final Tally tally;
    private long due;

    private LateWatch(EventLoop loop, Tally tally) {
        this.loop = loop;
        this.tally = tally;
    }

    /** From now on until the event loop ends. */
    static void start(EventLoop loop, Tally tally) {
        LateWatch watch = new LateWatch(loop, tally);
        loop.execute(watch::begin);
    }

    private void begin() {
        due = loop.ticker().nanoTime() + PERIOD;
        loop.scheduleAtFixedRate(this::look, PERIOD, PERIOD, TimeUnit.NANOSECONDS);
    }

    private void look() {
        tally.eventLoopLate(Math.max(0, loop.ticker().nanoTime() - due));
        due += PERIOD;
    }
}
