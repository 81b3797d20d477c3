package io.planeproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.server.systemd.NotifyReceiver;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as systemd starts it, with a stand-in for systemd. The real one is asked by {@code .ci/systemd}. */
final class UnderSystemdTest {
    private static final String[] RUN = {"run", "--upstream", "http://127.0.0.1:9", "--listen", "127.0.0.1:0"};

    @TempDir
    private Path folder;

    @Test
    void systemdHearsWhenItServesThatItIsWellAndWhenItEnds() throws Exception {
        String path = folder.resolve("notify").toString();
        Map<String, String> environment = Map.of("NOTIFY_SOCKET", path, "WATCHDOG_USEC", "200000");
        try (NotifyReceiver systemd = new NotifyReceiver(path);
                ProgramProcess program = ProgramProcess.startWith(environment, RUN)) {
            String ready = systemd.next();
            assertTrue(ready.matches("READY=1\nSTATUS=listening on 127\\.0\\.0\\.1:\\d+ for http, .*"), ready);
            program.await("listening on");
            assertEquals("WATCHDOG=1", systemd.next());
            assertEquals("WATCHDOG=1", systemd.next());
            program.terminate();
            String ending = systemd.next("STOPPING=1");
            assertTrue(ending.startsWith("STOPPING=1\nEXTEND_TIMEOUT_USEC=40000000\nSTATUS="), ending);
            assertEquals(0, program.exitCode());
        }
    }

    @Test
    void aSocketThatCannotBeUsedIsOneLineAndNoObstacle() throws Exception {
        try (ProgramProcess program = ProgramProcess.startWith(Map.of("NOTIFY_SOCKET", "vsock:2:1234"), RUN)) {
            program.await("WARN .* systemd asks in NOTIFY_SOCKET=\"vsock:2:1234\" to be told");
            program.await("listening on");
            program.terminate();
            assertEquals(0, program.exitCode());
        }
    }
}
