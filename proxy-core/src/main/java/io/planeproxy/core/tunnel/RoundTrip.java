package io.planeproxy.core.tunnel;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Times the pings that pass towards one side by the pongs that come back from it. Frames from clients are masked and stay
 * so: a pong answers the oldest ping of its length, since pongs come in the order of their pings and have their payload
 * (RFC 6455 §5.5.3). A side may leave out all but the last of several pings; so one that has had no answer for long is
 * forgotten, and the next is timed rightly again.
 */
final class RoundTrip {
    private static final int MOST_OUTSTANDING = 4;
    private static final long LONGEST_NANOS = Duration.ofSeconds(10).toNanos();

    private static final int[] NO_LENGTHS = {};
    private static final long[] NO_TIMES = {};

    // Room for them is made at the first ping: there are many idle tunnels.
    private int[] lengths = NO_LENGTHS;
    private long[] times = NO_TIMES;
    private final LongConsumer told;
    private int outstanding;
    private @Nullable Duration last;

    /** @param told hears of each, in nanoseconds */
    RoundTrip(LongConsumer told) {
        this.told = told;
    }

    /** A whole ping has passed. @param now in nanoseconds */
    void pinged(int length, long now) {
        forgetBefore(now - LONGEST_NANOS);
        if (times.length == 0) {
            lengths = new int[MOST_OUTSTANDING];
            times = new long[MOST_OUTSTANDING];
        }
        if (outstanding == MOST_OUTSTANDING) {
            drop(1);
        }
        lengths[outstanding] = length;
        times[outstanding] = now;
        outstanding++;
    }

    /** A whole pong has passed in the other direction. @param now in nanoseconds */
    void ponged(int length, long now) {
        forgetBefore(now - LONGEST_NANOS);
        for (int i = 0; i < outstanding; i++) {
            if (lengths[i] == length) {
                took(now - times[i]);
                drop(i + 1);
                return;
            }
        }
    }

    /** One has taken that long. */
    void took(long nanos) {
        last = Duration.ofNanos(nanos);
        told.accept(nanos);
    }

    Optional<Duration> last() {
        return Optional.ofNullable(last);
    }

    private void forgetBefore(long time) {
        int count = 0;
        while (count < outstanding && times[count] - time < 0) {
            count++;
        }
        drop(count);
    }

    private void drop(int count) {
        outstanding -= count;
        System.arraycopy(lengths, count, lengths, 0, outstanding);
        System.arraycopy(times, count, times, 0, outstanding);
    }
}
