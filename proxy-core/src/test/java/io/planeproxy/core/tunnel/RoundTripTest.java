package io.planeproxy.core.tunnel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How long pings took, by what is seen of them in passing. */
final class RoundTripTest {
    private static final long MILLI = 1_000_000;

    private final RoundTrip trip = new RoundTrip(nanos -> {});

    @Test
    void beforeTheFirstPongThereIsNone() {
        trip.pinged(4, 0);
        assertEquals(Optional.empty(), trip.last());
    }

    @Test
    void aPongAnswersTheOldestPingOfItsLength() {
        trip.pinged(4, 0);
        trip.pinged(8, 10 * MILLI);
        trip.pinged(8, 20 * MILLI);
        trip.ponged(8, 30 * MILLI);
        assertLast(20);
        trip.ponged(8, 45 * MILLI);
        assertLast(25);
    }

    @Test
    void aPongThatNobodyAskedForTellsNothing() {
        trip.ponged(0, 5 * MILLI);
        assertEquals(Optional.empty(), trip.last());
        trip.pinged(0, 10 * MILLI);
        trip.ponged(3, 15 * MILLI);
        assertEquals(Optional.empty(), trip.last());
        trip.ponged(0, 17 * MILLI);
        assertLast(7);
        trip.ponged(0, 30 * MILLI);
        assertLast(7);
    }

    /** RFC 6455 §5.5.3 lets a side answer the most recent ping alone. */
    @Test
    void aPingThatIsNeverAnsweredDoesNotSpoilTheLaterOnes() {
        trip.pinged(0, 0);
        trip.pinged(0, MILLI);
        trip.ponged(0, 2 * MILLI);
        trip.pinged(0, 30_000 * MILLI);
        trip.ponged(0, 30_003 * MILLI);
        assertLast(3);
    }

    @Test
    void aFloodOfPingsIsRememberedByItsLastFour() {
        for (int i = 0; i < 1000; i++) {
            trip.pinged(i, i * MILLI);
        }
        trip.ponged(995, 1000 * MILLI);
        assertEquals(Optional.empty(), trip.last());
        trip.ponged(996, 1000 * MILLI);
        assertLast(4);
    }

    private void assertLast(long millis) {
        assertEquals(Optional.of(Duration.ofMillis(millis)), trip.last());
    }
}
