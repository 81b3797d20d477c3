package io.planeproxy.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.planeproxy.core.engine.OpenConnections.Seat;
import io.planeproxy.core.engine.OpenConnections.Verdict;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

/** What is counted, and that all of it is given back. */
final class OpenConnectionsTest {
    private static final InetAddress ONE = InetAddress.ofLiteral("203.0.113.1");
    private static final InetAddress OTHER = InetAddress.ofLiteral("2001:db8::2");

    @Test
    void whoIsOverALimitTakesNoPlaceOfThoseWhoAreNot() {
        OpenConnections connections = new OpenConnections(new ConnectionLimit(2, 1));
        Seat first = connections.enter();
        assertInstanceOf(Verdict.Admitted.class, first.claim(ONE));
        Seat sameClient = connections.enter();
        assertEquals("the limit is 1 from one address", told(sameClient.claim(ONE)));
        Seat second = connections.enter();
        assertInstanceOf(Verdict.Admitted.class, second.claim(OTHER));
        Seat third = connections.enter();
        assertEquals("the limit is 2 in all", told(third.claim(ONE)));
        first.leave();
        assertInstanceOf(Verdict.Admitted.class, connections.enter().claim(ONE));
    }

    @Test
    void fromTheBoundOnNobodyIsToldUntilOneOfThemHasLeft() {
        OpenConnections connections = new OpenConnections(new ConnectionLimit(0, Integer.MAX_VALUE));
        Deque<Seat> told = new ArrayDeque<>();
        for (int i = 0; i < OpenConnections.MOST_TOLD; i++) {
            told.add(connections.enter());
            assertInstanceOf(Verdict.Told.class, told.getLast().verdict());
        }
        Seat turnedAway = connections.enter();
        assertInstanceOf(Verdict.TurnedAway.class, turnedAway.claim(ONE));
        turnedAway.leave();
        assertInstanceOf(Verdict.TurnedAway.class, connections.enter().verdict());
        told.removeFirst().leave();
        assertInstanceOf(Verdict.Told.class, connections.enter().verdict());
    }

    @Test
    void leavingTwiceGivesBackOnce() {
        OpenConnections connections = new OpenConnections(new ConnectionLimit(1, 1));
        Seat seat = connections.enter();
        seat.claim(ONE);
        seat.leave();
        seat.leave();
        assertInstanceOf(Verdict.Admitted.class, connections.enter().claim(ONE));
        assertInstanceOf(Verdict.Told.class, connections.enter().claim(ONE));
    }

    private static String told(Verdict verdict) {
        return assertInstanceOf(Verdict.Told.class, verdict).refusal().detail();
    }
}
