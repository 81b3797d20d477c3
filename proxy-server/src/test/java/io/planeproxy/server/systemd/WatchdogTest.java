package io.planeproxy.server.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WatchdogTest {
    private static final long PID = 17;

    @TempDir
    private Path folder;

    @Test
    void systemdHearsThatTheProgramIsWellAgainAndAgain() throws Exception {
        Path path = folder.resolve("notify");
        Map<String, String> environment = Map.of("NOTIFY_SOCKET", path.toString(), "WATCHDOG_USEC", "20000");
        try (NotifyReceiver systemd = new NotifyReceiver(path.toString());
                Watchdog _ = Watchdog.start(
                        environment, PID, () -> CompletableFuture.completedFuture(null), Supervisor.of(environment))) {
            for (int i = 0; i < 3; i++) {
                assertEquals("WATCHDOG=1", systemd.next());
            }
        }
    }

    @Test
    void nothingIsSaidUntilTheLoopsHaveAnswered() throws Exception {
        Path path = folder.resolve("notify");
        Map<String, String> environment = Map.of("NOTIFY_SOCKET", path.toString(), "WATCHDOG_USEC", "20000");
        CountDownLatch asked = new CountDownLatch(1);
        CompletableFuture<Void> answer = new CompletableFuture<>();
        try (NotifyReceiver systemd = new NotifyReceiver(path.toString());
                Watchdog _ = Watchdog.start(
                        environment,
                        PID,
                        () -> {
                            asked.countDown();
                            return answer;
                        },
                        Supervisor.of(environment))) {
            assertTrue(asked.await(30, TimeUnit.SECONDS));
            Supervisor.of(environment).says("after the question");
            assertEquals("STATUS=after the question", systemd.next());
            assertTrue(systemd.heardNothing());
            answer.complete(null);
            assertEquals("WATCHDOG=1", systemd.next());
        }
    }

    @Test
    void theLimitIsForTheProcessThatItNames() {
        assertEquals(
                Optional.of(Duration.ofSeconds(30)),
                Watchdog.limit(Map.of("WATCHDOG_USEC", "30000000", "WATCHDOG_PID", "17"), PID));
        assertEquals(Optional.of(Duration.ofSeconds(30)), Watchdog.limit(Map.of("WATCHDOG_USEC", "30000000"), PID));
        assertEquals(Optional.empty(), Watchdog.limit(Map.of("WATCHDOG_USEC", "30000000", "WATCHDOG_PID", "18"), PID));
        assertEquals(Optional.empty(), Watchdog.limit(Map.of(), PID));
        assertEquals(Optional.empty(), Watchdog.limit(Map.of("WATCHDOG_USEC", "0"), PID));
        assertEquals(Optional.empty(), Watchdog.limit(Map.of("WATCHDOG_USEC", "soon"), PID));
    }
}
