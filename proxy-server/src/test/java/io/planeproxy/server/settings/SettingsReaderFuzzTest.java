package io.planeproxy.server.settings;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Whatever a configuration holds, it gives settings or problems. */
final class SettingsReaderFuzzTest {
    @FuzzTest
    void anyTextGivesSettingsOrProblems(byte[] text) {
        Read read = SettingsReader.read(Sources.ofText("x.conf", new String(text, StandardCharsets.UTF_8)));
        if (read instanceof Read.Bad bad) {
            assertFalse(bad.problems().isEmpty(), "bad without a problem");
        }
    }
}
