package io.planeproxy.server.doctor;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the chapter on troubleshooting names is there. What each command says of its fault is in the tests of the checks. */
final class ReadmeTest {
    private static final Pattern ONLY = Pattern.compile("--only ([a-z][a-z,-]*)");

    @Test
    void everyCheckThatTheReadmeNamesIsOne() throws IOException {
        List<String> named = ONLY.matcher(Files.readString(Path.of("../README.md")))
                .results()
                .flatMap(match -> List.of(match.group(1).split(",")).stream())
                .toList();
        assertTrue(named.size() > 10, named::toString);
        for (String check : named) {
            assertTrue(Doctor.checks().contains(check), () -> check + " is none of " + Doctor.checks());
        }
    }
}
