package io.planeproxy.benchmarks.sidebyside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever asks for what there is not is told so at once, before anything is started or written. */
final class SideBySideRefusalsTest {
    private static final int CANNOT_BEGIN = 2;

    @TempDir
    private Path folder;

    @Test
    void anUnknownLoadIsRefusedWithTheKnownOnes() throws IOException {
        assertRefused(
                "there is no load z; there are a-plain, a-tls, b-64k, b-1m, c, d-128-plain, d-128-tls, d-16k-plain,"
                        + " d-16k-tls, e, f-full, f-resumed, g",
                "--loads",
                "a,z,c");
    }

    @Test
    void anUnknownProxyIsRefusedWithTheKnownOnes() throws IOException {
        assertRefused(
                "there is no proxy apache; there are plane-proxy, nginx, haproxy, caddy, nginx-guide, raw",
                "--peers",
                "nginx,apache");
    }

    @Test
    void theNumberOfRoundsMustBeANumber() throws IOException {
        assertRefused("Invalid value for option '--rounds': 'many' is not an int", "--rounds", "many");
    }

    @Test
    void theScriptNamesWhatIsNotBuiltYet() throws Exception {
        Path script = Files.copy(Path.of("side-by-side"), folder.resolve("side-by-side"));
        Process refused = new ProcessBuilder("sh", script.toString(), "--loads", "a")
                .redirectErrorStream(true)
                .start();
        String said = new String(refused.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(CANNOT_BEGIN, refused.waitFor());
        assertEquals(
                "side-by-side: missing: " + folder.toRealPath().resolve("target/benchmarks.jar")
                        + "; build it with: mvn -B -q -DskipTests package\n",
                said);
    }

    private void assertRefused(String sentence, String... asked) throws IOException {
        Path out = folder.resolve("out");
        List<String> arguments =
                new ArrayList<>(List.of("--bundle", folder.resolve("bundle").toString(), "--out", out.toString()));
        arguments.addAll(List.of(asked));
        StringWriter err = new StringWriter();
        int code =
                SideBySide.commandLine().setErr(new PrintWriter(err, true)).execute(arguments.toArray(String[]::new));
        assertEquals(CANNOT_BEGIN, code);
        assertTrue(err.toString().lines().anyMatch(line -> line.startsWith(sentence)), err::toString);
        assertTrue(Files.notExists(out));
    }
}
