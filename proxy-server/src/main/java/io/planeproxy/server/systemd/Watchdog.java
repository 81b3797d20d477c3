package io.planeproxy.server.systemd;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd twice in each {@code WatchdogSec} that the program is well, after every event loop has answered. Where one
 * does not, systemd is not told, and ends the program and starts it again.
 */
public final class Watchdog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("plane-proxy.systemd");

    private final ScheduledExecutorService timer;
    private final Supplier<CompletableFuture<Void>> pulse;
    private final Supervisor supervisor;
    private CompletableFuture<Void> answer = CompletableFuture.completedFuture(null);

    private Watchdog(ScheduledExecutorService timer, Supplier<CompletableFuture<Void>> pulse, Supervisor supervisor) {
        this.timer = timer;
        this.pulse = pulse;
        this.supervisor = supervisor;
    }

    /**
     * Begins where systemd asks for it with {@code WATCHDOG_USEC}, sd_watchdog_enabled(3).
     *
     * @param pulse asks every event loop; completes when all have answered
     */
    public static Watchdog start(
            Map<String, String> environment,
            long ownPid,
            Supplier<CompletableFuture<Void>> pulse,
            Supervisor supervisor) {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("watchdog").factory());
        Watchdog watchdog = new Watchdog(timer, pulse, supervisor);
        limit(environment, ownPid).ifPresent(limit -> {
            long half = limit.toNanos() / 2;
            timer.scheduleAtFixedRate(() -> watchdog.look(limit), 0, half, TimeUnit.NANOSECONDS);
        });
        return watchdog;
    }

    /** How long systemd waits for a sign of life; nothing where it does not wait for one of this process. */
    static Optional<Duration> limit(Map<String, String> environment, long ownPid) {
        String pid = environment.getOrDefault("WATCHDOG_PID", "");
        String microseconds = environment.getOrDefault("WATCHDOG_USEC", "");
        boolean isMeant = pid.isEmpty() || pid.equals(Long.toString(ownPid));
        return isMeant && microseconds.matches("[1-9]\\d{0,14}")
                ? Optional.of(Duration.of(Long.parseLong(microseconds), ChronoUnit.MICROS))
                : Optional.empty();
    }

    private void look(Duration limit) {
        if (answer.isDone()) {
            answer = pulse.get().thenRun(supervisor::isWell);
        } else {
            LOG.warn(
                    "an event loop has not answered for {} ms; expected it to do so at once; systemd ends the service after"
                            + " {} ms without an answer, and starts it again",
                    limit.dividedBy(2).toMillis(),
                    limit.toMillis());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
