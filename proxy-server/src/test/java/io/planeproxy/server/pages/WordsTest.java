package io.planeproxy.server.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WordsTest {
    @ParameterizedTest
    @CsvSource({
        "-PT1S, 0 s",
        "PT59S, 59 s",
        "PT9M59S, 9 min 59 s",
        "PT10M1S, 10 min",
        "PT23H59M, 23 h 59 min",
        "P1D, 1 day",
        "P89DT5H, 89 days"
    })
    void durationsAreInTheirTwoLargestUnits(Duration time, String words) {
        assertEquals(words, Words.duration(time));
    }

    @ParameterizedTest
    @CsvSource({"0, 0 B", "1023, 1023 B", "1024, 1.0 KiB", "10485760, 10 MiB", "5000000000000000, 4547 TiB"})
    void bytesAreInPowersOf1024(long bytes, String words) {
        assertEquals(words, Words.bytes(bytes));
    }
}
