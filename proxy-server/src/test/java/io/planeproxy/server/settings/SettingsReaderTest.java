package io.planeproxy.server.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsReaderTest {
    private static final int TRIES = 500;

    @Test
    void noDamageToAFileMakesTheReaderFailInAnotherWayThanReporting() {
        RandomGenerator random = new Random(5);
        String whole = Reference.text().replaceAll("(?m)^\\s*# .*\\n", "").replaceAll("(?m)^  #", "  ");
        int bad = 0;
        for (int i = 0; i < TRIES; i++) {
            int from = random.nextInt(whole.length());
            int to = Math.min(whole.length(), from + random.nextInt(12));
            String put = List.of("", "{", "}", "]", "\"", "= 5", "x", "${x}", "null", "[1]", "\n")
                    .get(random.nextInt(11));
            Read read =
                    SettingsReader.read(Sources.ofText("x.conf", whole.substring(0, from) + put + whole.substring(to)));
            if (read instanceof Read.Bad(List<Problem> problems)) {
                bad++;
                problems.forEach(problem -> assertTrue(problem.text().startsWith("x.conf"), problem.text()));
            }
        }
        assertTrue(bad > TRIES / 4, "only " + bad + " of " + TRIES + " were found bad");
    }

    /** HOCON looks for it where the program was started; who does not know that sees it by the path. */
    @Test
    void aFileThatIsIncludedByItsPathAloneIsToldWithTheFolderThatWasLookedIn(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("beside.conf"), "plane-proxy { upstream = \"http://a\" }");
        Path file = Files.writeString(
                folder.resolve("x.conf"), "# include file(\"beside.conf\")\ninclude file(\"beside.conf\")\n");
        Read read = SettingsReader.read(new Sources(new ConfigSource.File(file), Map.of(), Map.of()));
        String expected = file + ":2: \"beside.conf\" is not included: "
                + Path.of("beside.conf").toAbsolutePath() + ": no such file";
        List<Problem> problems = assertInstanceOf(Read.Bad.class, read).problems();
        assertTrue(problems.stream().anyMatch(problem -> problem.text().startsWith(expected)), problems::toString);
    }

    @Test
    void anOptionComesBeforeItsVariableAndThatBeforeTheFile() {
        String hocon = "plane-proxy { upstream = \"http://file\", max-body = 1M, event-loops = 1 }";
        Read read = SettingsReader.read(new Sources(
                new ConfigSource.Text("x.conf", hocon),
                Map.of("PLANE_PROXY_UPSTREAM", "http://variable", "PLANE_PROXY_MAX_BODY", "2M"),
                Map.of("--upstream", "http://option", "--listen", "1,[::1]:2")));
        Settings settings = assertInstanceOf(Read.Good.class, read).settings();
        assertEquals(
                "http://option:80", settings.defaultRoute().upstream().value().toString());
        assertEquals(
                new Origin.Option("--upstream"),
                settings.defaultRoute().upstream().where());
        assertEquals("2M", settings.defaultRoute().maxBody().toString());
        assertEquals(new Amount.Exactly(1), settings.eventLoops());
        assertEquals(
                List.of("*:1", "[::1]:2"),
                settings.listeners().stream()
                        .map(listener -> listener.address().value().toString())
                        .toList());
    }

    @Test
    void aFileThatIsMissingIsToldByTheFirstComponentThatIs(@TempDir Path folder) throws IOException {
        Path there = Files.createDirectory(folder.resolve("there"));
        Path file = Files.writeString(there.resolve("file"), "");
        assertEquals(
                there.resolve("x/y.conf") + ": the folder " + there.resolve("x") + " does not exist; check the path\n",
                GoldenFilesTest.text(read(there.resolve("x/y.conf"))));
        assertEquals(
                file.resolve("y.conf") + ": " + file + " is a file and no folder; check the path\n",
                GoldenFilesTest.text(read(file.resolve("y.conf"))));
        assertEquals(
                there.resolve("y.conf") + ": no such file; check the path, or create the file\n",
                GoldenFilesTest.text(read(there.resolve("y.conf"))));
        assertEquals(there + ": a folder; name the file inside of it\n", GoldenFilesTest.text(read(there)));
    }

    @Test
    void systemPropertiesPlayNoPart() {
        String property = "plane-proxy.max-body";
        System.setProperty(property, "1G");
        try {
            Read read = SettingsReader.read(Sources.ofText("x.conf", "plane-proxy.upstream = \"http://x\""));
            Settings settings = assertInstanceOf(Read.Good.class, read).settings();
            assertEquals("10M", settings.defaultRoute().maxBody().toString());
        } finally {
            System.clearProperty(property);
        }
    }

    @Test
    void aFaultInASecretDoesNotShowIt() {
        String hocon =
                "plane-proxy { upstream = \"http://x\", listeners = [ { port = 443, tls { certificate = c, key = k, passphrase = [xyzzy] } } ] }";
        String text = GoldenFilesTest.text(SettingsReader.read(Sources.ofText("x.conf", hocon)));
        assertTrue(text.contains("tls.passphrase: a value that is no text") && !text.contains("xyzzy"), text);
    }

    private static Read read(Path file) {
        return SettingsReader.read(new Sources(new ConfigSource.File(file), Map.of(), Map.of()));
    }
}
