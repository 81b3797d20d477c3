package io.planeproxy.server.accesslog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class StandingTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void theFirstFailureIsToldAndThenOneInAMinute() {
        Standing standing = Standing.WELL;
        int told = 0;
        for (int second = 0; second < 180; second++) {
            Standing next = standing.failed(1, NOON.plusSeconds(second));
            told += next.tellsMoreThan(standing) ? 1 : 0;
            standing = next;
        }
        assertEquals(3, told);
        assertEquals(NOON, standing.since());
    }

    @Test
    void oneThatComesAndGoesIsToldOnceAMinuteToo() {
        Standing first = Standing.WELL.failed(1, NOON);
        assertEquals(Standing.Told.AWAY, first.told());
        Standing soon = first.answered().failed(1, NOON.plusSeconds(59));
        assertFalse(soon.tellsMoreThan(first));
        assertEquals(Standing.Told.WELL, soon.told(), "that it is back was the last word");
        Standing later = soon.failed(1, NOON.plusSeconds(60));
        assertTrue(later.tellsMoreThan(soon));
        assertEquals(NOON.plusSeconds(59), later.since());
    }

    @Test
    void whatMayBeAnAccidentIsToldWhenItIsNone() {
        Standing twice = Standing.WELL.failed(3, NOON).failed(3, NOON);
        assertFalse(twice.tellsMoreThan(Standing.WELL));
        assertTrue(twice.failed(3, NOON).tellsMoreThan(twice));
        Standing again = twice.answered().failed(3, NOON);
        assertFalse(again.tellsMoreThan(twice));
    }
}
