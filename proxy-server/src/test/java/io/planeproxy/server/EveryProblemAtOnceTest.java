package io.planeproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.planeproxy.server.settings.ConfigSource;
import io.planeproxy.server.settings.Problem;
import io.planeproxy.server.settings.Sources;
import io.planeproxy.tls.PemFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An operator who has corrected what one command told does not get more from the next: also the files are looked at. */
final class EveryProblemAtOnceTest {
    private static final String CHECK_THE_PATH = " does. Correct the path, or put the file there";

    @TempDir
    private Path folder;

    private Path file;
    private List<String> problems = List.of();

    @BeforeEach
    void aConfigurationWithFaultsOfItsOwnAndOfItsFiles() throws IOException {
        PemFiles good = TestIdentity.in(folder);
        file = Files.writeString(folder.resolve("plane-proxy.conf"), """
                plane-proxy {
                  upstream = "http://10.0.0.5", max-boddy = 10M
                  listeners = [
                    { port = 8443, tls { certificate = "no.pem", key = "%2$s" } }
                    { port = 80000, tls { certificate = "%1$s", key = "%1$s" } }
                    { port = 8444, tls { certificate = "%1$s", kye = "%2$s", sni = [ { certificate = "%1$s", key = "away.pem" } ] } }
                    { port = 8445, tls { certificate = "%1$s", key = "%2$s", passphrase-file = "none.txt" } }
                  ]
                }
                """.formatted(good.certificate(), good.key()));
        problems = List.of(
                file + ":2: plane-proxy.max-boddy: unknown key; the nearest known one is \"max-body\"",
                file + ":4: plane-proxy.listeners[0].tls.certificate: " + missing("no.pem"),
                file + ":5: plane-proxy.listeners[1].port: \"80000\"; expected a port from 1 to 65535",
                file + ":5: plane-proxy.listeners[1].tls.key: " + good.certificate()
                        + ": holds no private key but CERTIFICATE. Name the key's own file here, often privkey.pem or *.key",
                file + ":6: plane-proxy.listeners[2].tls.key: missing; write key = \"/path/to/privkey.pem\"",
                file + ":6: plane-proxy.listeners[2].tls.kye: unknown key; the nearest known one is \"key\"",
                file + ":6: plane-proxy.listeners[2].tls.sni[0].key: " + missing("away.pem"),
                file + ":7: plane-proxy.listeners[3].tls.passphrase-file: " + missing("none.txt"));
    }

    private String missing(String name) {
        return folder.resolve(name) + ": does not exist, though its directory " + folder + CHECK_THE_PATH;
    }

    @Test
    void checkTellsOfTheConfigurationAndOfItsFiles() {
        StringWriter told = new StringWriter();
        PrintWriter err = new PrintWriter(told);
        PrintWriter out = new PrintWriter(new StringWriter());
        int code = Main.execute(
                new String[] {"check", "--config", file.toString()},
                Map.of(),
                out,
                err,
                new ServerProgram(out, err, InstantSource.system(), Map.of(), new Termination()));
        assertEquals(problems, told.toString().lines().toList());
        assertEquals(2, code);
    }

    @Test
    void soDoesRun() throws Exception {
        try (ProgramProcess program = ProgramProcess.start("run", "--config", file.toString())) {
            assertEquals(2, program.exitCode());
            assertEquals(problems, program.errors());
        }
    }

    @Test
    void soDoesAReload() {
        Sources sources = new Sources(new ConfigSource.File(file), Map.of(), Map.of());
        Generation.Load.Bad bad =
                assertInstanceOf(Generation.Load.Bad.class, Generation.load(sources, new Lasting(), Instant.now()));
        assertEquals(problems, bad.problems().stream().map(Problem::text).toList());
    }
}
