package io.planeproxy.core.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BackoffTest {
    @Test
    void triesComeQuicklyAtFirstAndThenEverySecond() {
        assertEquals(
                "50 100 200 400 800 1000 1000",
                String.join(
                        " ",
                        IntStream.range(0, 7)
                                .mapToObj(failures -> Long.toString(
                                        Backoff.delay(failures, 0.5).toMillis()))
                                .toList()));
        assertEquals(1000, Backoff.delay(1_000_000, 0.5).toMillis());
    }

    @Test
    void chanceMovesEachByAFifthAtMost() {
        assertEquals(40, Backoff.delay(0, 0).toMillis());
        assertEquals(60, Backoff.delay(0, 1).toMillis());
        assertEquals(1200, Backoff.delay(99, 1).toMillis());
    }
}
