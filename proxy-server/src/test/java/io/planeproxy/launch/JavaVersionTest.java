package io.planeproxy.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JavaVersionTest {
    @ParameterizedTest
    @CsvSource({"1.8.0_402, 8", "9, 9", "11.0.2, 11", "17.0.15, 17", "25, 25", "25.0.3+9-LTS, 25", "26-ea, 26"})
    void readsTheNumberThatPeopleSay(String text, int feature) {
        assertEquals(feature, JavaVersion.parse(text).feature());
    }

    @ParameterizedTest
    @CsvSource({"''", "unknown"})
    void takesATextThatIsNoVersionForTheOldest(String text) {
        assertEquals(0, JavaVersion.parse(text).feature());
    }
}
