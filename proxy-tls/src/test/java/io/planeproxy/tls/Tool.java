package io.planeproxy.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;

/** Programs of the machine that tests use. */
final class Tool {
    private Tool() {}

    /** Skips the test where the program is missing, and fails it where PLANE_PROXY_TEST_TOOLS=required. */
    static void need(String program) {
        var found = Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(directory -> Path.of(directory, program).toFile().canExecute());
        if (!found && "required".equals(System.getenv("PLANE_PROXY_TEST_TOOLS"))) {
            throw new AssertionError(program + " is missing, and PLANE_PROXY_TEST_TOOLS=required. Install it.");
        }
        Assumptions.assumeTrue(found, program + " is not installed");
    }

    static String run(String... command) throws Exception {
        return feed("", command);
    }

    static String feed(String input, String... command) throws Exception {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.US_ASCII));
        }
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> String.join(" ", command) + " said: " + output);
        return output;
    }
}
