package io.planeproxy.server.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SupervisorTest {
    @TempDir
    private Path folder;

    @Test
    void systemdHearsOfEachStateInItsOwnWords() throws Exception {
        Path path = folder.resolve("notify");
        try (NotifyReceiver systemd = new NotifyReceiver(path.toString())) {
            Supervisor supervisor = Supervisor.of(Map.of("NOTIFY_SOCKET", path.toString()));
            supervisor.serving("listening on *:80");
            assertEquals("READY=1\nSTATUS=listening on *:80", systemd.next());
            supervisor.ending(Duration.ofSeconds(30), "waiting");
            assertEquals("STOPPING=1\nEXTEND_TIMEOUT_USEC=40000000\nSTATUS=waiting", systemd.next());
            supervisor.says("another line");
            assertEquals("STATUS=another line", systemd.next());
        }
    }

    @Test
    void aNameAfterAnAtIsASocketWithoutAFile() throws Exception {
        String name = "plane-proxy-test-" + ProcessHandle.current().pid();
        try (NotifyReceiver systemd = new NotifyReceiver("\0" + name)) {
            Supervisor.of(Map.of("NOTIFY_SOCKET", "@" + name)).serving("x");
            assertEquals("READY=1\nSTATUS=x", systemd.next());
        }
    }

    @Test
    void aReloadCarriesTheTimeOfTheMonotonicClock() throws Exception {
        Path path = folder.resolve("notify");
        try (NotifyReceiver systemd = new NotifyReceiver(path.toString())) {
            long before = TimeUnit.NANOSECONDS.toMicros(System.nanoTime());
            Supervisor.of(Map.of("NOTIFY_SOCKET", path.toString())).reloading("reading");
            long after = TimeUnit.NANOSECONDS.toMicros(System.nanoTime());
            String[] lines = systemd.next().split("\n", -1);
            assertEquals("RELOADING=1", lines[0]);
            long told = Long.parseLong(lines[1].replace("MONOTONIC_USEC=", ""));
            assertTrue(before <= told && told <= after, lines[1]);
        }
    }

    @Test
    void aStatusIsOneLineWhateverIsInIt() throws Exception {
        Path path = folder.resolve("notify");
        try (NotifyReceiver systemd = new NotifyReceiver(path.toString())) {
            Supervisor.of(Map.of("NOTIFY_SOCKET", path.toString())).says("a\nREADY=1\r\nb");
            assertEquals("STATUS=a READY=1 b", systemd.next());
        }
    }

    @Test
    void withoutSystemdNothingHappens() {
        for (Map<String, String> environment : List.of(Map.<String, String>of(), Map.of("NOTIFY_SOCKET", ""))) {
            Supervisor.of(environment).serving("x");
        }
    }

    @Test
    void aSocketWhereNobodyListensOrThatCannotBeOneDoesNotStopTheProgram() {
        Supervisor.of(Map.of("NOTIFY_SOCKET", folder.resolve("nobody").toString()))
                .serving("x");
        Supervisor.of(Map.of("NOTIFY_SOCKET", "vsock:2:1234")).serving("x");
        Supervisor.of(Map.of("NOTIFY_SOCKET", "/" + "x".repeat(200))).serving("x");
    }
}
