package io.planeproxy.core.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** So many a second with a burst, in a time of its own. */
final class RateLimitTest {
    private static final InetAddress CLIENT = InetAddress.ofLiteral("203.0.113.7");

    /** The clock may begin anywhere, also 2 s before it overflows: what is set for a second later lies before that, and the end behind. */
    private static final long START = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(2);

    @Test
    void theBurstComesOnTopAndCreditComesBackWithTime() {
        RateLimit limit = new RateLimit(10, 2, START);
        assertEquals(3, admittedOf(100, limit, START));
        assertEquals(0, admittedOf(100, limit, START + TimeUnit.MILLISECONDS.toNanos(99)));
        assertEquals(1, admittedOf(100, limit, START + TimeUnit.MILLISECONDS.toNanos(100)));
        assertEquals(3, admittedOf(100, limit, START + TimeUnit.SECONDS.toNanos(5)));
    }

    @Test
    void inTheLongRunItIsTheRate() {
        RateLimit limit = new RateLimit(10, 5, START);
        int admitted = 0;
        for (int millis = 0; millis < 10_000; millis++) {
            admitted += admittedOf(1, limit, START + TimeUnit.MILLISECONDS.toNanos(millis));
        }
        assertEquals(105, admitted);
    }

    @Test
    void eachAddressHasItsOwnCredit() {
        RateLimit limit = new RateLimit(1, 0, START);
        assertTrue(limit.admit(CLIENT, START));
        assertFalse(limit.admit(CLIENT, START));
        assertTrue(limit.admit(InetAddress.ofLiteral("2001:db8::7"), START));
    }

    @Test
    void newcomersBeyondTheMemoryShareOneCreditUntilOthersAreForgotten() throws Exception {
        RateLimit limit = new RateLimit(1, 0, START);
        for (int i = 0; i < RateLimit.MOST_ADDRESSES; i++) {
            assertTrue(limit.admit(address(i), START));
        }
        int admitted = 0;
        for (int i = 0; i < 1000; i++) {
            admitted += limit.admit(address(1_000_000 + i), START) ? 1 : 0;
        }
        assertEquals(1, admitted);
        long later = START + TimeUnit.SECONDS.toNanos(3);
        assertTrue(limit.admit(address(2_000_000), later));
        assertTrue(limit.admit(address(2_000_001), later));
    }

    @Test
    void aRateOfNothingIsNone() {
        assertThrows(IllegalArgumentException.class, () -> new RateLimit(0, 0, START));
        assertThrows(IllegalArgumentException.class, () -> new RateLimit(1, -1, START));
    }

    private static int admittedOf(int count, RateLimit limit, long now) {
        int admitted = 0;
        for (int i = 0; i < count; i++) {
            admitted += limit.admit(CLIENT, now) ? 1 : 0;
        }
        return admitted;
    }

    private static InetAddress address(int number) throws java.net.UnknownHostException {
        return InetAddress.getByAddress(new byte[] {10, (byte) (number >> 16), (byte) (number >> 8), (byte) number});
    }
}
