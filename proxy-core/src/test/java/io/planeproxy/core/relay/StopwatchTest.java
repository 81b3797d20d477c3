package io.planeproxy.core.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class StopwatchTest {
    private final Stopwatch watch = new Stopwatch(100);

    @Test
    void aWaitForAConnectionThatNeverComes() {
        watch.connecting();
        assertEquals(new Phases.Connecting(nanos(50)), watch.phases(150));
        assertEquals(nanos(50), watch.took(150));
    }

    @Test
    void aReplyThatNeverComes() {
        watch.connecting();
        watch.leased(110);
        assertEquals(new Phases.Waiting(nanos(10), nanos(40)), watch.phases(150));
    }

    @Test
    void aWholeExchange() {
        watch.connecting();
        watch.leased(110);
        watch.answered(130);
        assertEquals(new Phases.Replying(nanos(10), nanos(20), nanos(20)), watch.phases(150));
    }

    @Test
    void theTimeOnAConnectionThatTurnedOutStaleIsTimeWithoutOne() {
        watch.connecting();
        watch.leased(110);
        watch.connecting();
        assertEquals(new Phases.Connecting(nanos(25)), watch.phases(125));
        watch.leased(130);
        watch.answered(140);
        assertEquals(new Phases.Replying(nanos(30), nanos(10), nanos(10)), watch.phases(150));
    }

    private static Duration nanos(long count) {
        return Duration.ofNanos(count);
    }
}
