package io.planeproxy.core.h1;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A least rate over all the time in which we were ready to read, in a time of its own. */
final class PaceTest {
    /** The clock may begin anywhere, also a moment before it overflows. */
    private static final long START = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(5);

    private static final Duration GRACE = Duration.ofSeconds(10);

    @Test
    void theStartMayBeAsSlowAsItLikesForAWhile() {
        Pace pace = new Pace(100, GRACE);
        pace.ready(START);
        assertFalse(pace.isTooSlow(1, after(1)));
        assertFalse(pace.isTooSlow(1, after(10)));
    }

    @Test
    void afterThatTheRateCountsFromTheBeginning() {
        Pace pace = new Pace(100, GRACE);
        pace.ready(START);
        assertFalse(pace.isTooSlow(1100, after(11)));
        assertFalse(pace.isTooSlow(100, after(12)));
        assertTrue(pace.isTooSlow(99, after(13)));
    }

    @Test
    void timeInWhichNothingWasReadIsNotTheClients() {
        Pace pace = new Pace(100, GRACE);
        pace.ready(START);
        assertFalse(pace.isTooSlow(1000, after(9)));
        pace.held(after(9));
        pace.ready(after(1009));
        assertFalse(pace.isTooSlow(100, after(1011)));
        assertTrue(pace.isTooSlow(99, after(1012)));
    }

    @Test
    void anyRateWillDoWhereNoneIsAskedFor() {
        Pace pace = new Pace(0, GRACE);
        pace.ready(START);
        assertFalse(pace.isTooSlow(1, after(1_000_000)));
    }

    @Test
    void theLargestRateIsNoOverflow() {
        Pace pace = new Pace(Integer.MAX_VALUE, GRACE);
        pace.ready(START);
        assertTrue(pace.isTooSlow(Integer.MAX_VALUE, after(11)));
        for (int i = 0; i < 10; i++) {
            pace.isTooSlow(Integer.MAX_VALUE, after(11));
        }
        assertFalse(pace.isTooSlow(1, after(11)));
    }

    private static long after(int seconds) {
        return START + TimeUnit.SECONDS.toNanos(seconds);
    }
}
