package io.planeproxy.server.systemd;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells systemd how the service does: sd_notify(3). Where systemd did not ask for it, nothing is told to anybody. */
public final class Supervisor {
    private static final Logger LOG = LoggerFactory.getLogger("plane-proxy.systemd");
    private static final String VARIABLE = "NOTIFY_SOCKET";

    /** For what still happens after the last moment that was asked for: closing files, writing the log. */
    private static final Duration FOR_THE_REST = Duration.ofSeconds(10);

    private final Channel channel;
    private final AtomicBoolean complained = new AtomicBoolean();

    private interface Channel {
        void send(String message) throws IOException;
    }

    private Supervisor(Channel channel) {
        this.channel = channel;
    }

    /** Says so once if systemd asks to be told and cannot be. */
    public static Supervisor of(Map<String, String> environment) {
        String name = environment.getOrDefault(VARIABLE, "");
        if (name.isEmpty()) {
            return new Supervisor(message -> {});
        }
        try {
            return new Supervisor(NotifySocket.named(name)::send);
        } catch (IOException unfit) {
            LOG.warn(
                    "systemd asks in {}=\"{}\" to be told when the service is ready, and cannot be told: {}; expected a"
                            + " service of Type=notify on Linux; with Type=exec it is not asked for",
                    VARIABLE,
                    name,
                    unfit.getMessage());
            return new Supervisor(message -> {});
        }
    }

    /**
     * Everything is open, after the start or after a reload.
     *
     * @param status a line for {@code systemctl status}
     */
    public void serving(String status) {
        tell("READY=1", status(status));
    }

    /** A new configuration is being read; {@link #serving} must follow, whether or not it was taken. */
    public void reloading(String status) {
        // HotSpot's nanoTime on Linux is CLOCK_MONOTONIC, the clock that systemd compares with.
        long microseconds = TimeUnit.NANOSECONDS.toMicros(System.nanoTime());
        tell("RELOADING=1", "MONOTONIC_USEC=" + microseconds, status(status));
    }

    /**
     * Nothing more is accepted.
     *
     * @param longest how long what still runs may take; systemd is asked to wait for that and a little more
     */
    public void ending(Duration longest, String status) {
        long microseconds =
                TimeUnit.NANOSECONDS.toMicros(longest.plus(FOR_THE_REST).toNanos());
        tell("STOPPING=1", "EXTEND_TIMEOUT_USEC=" + microseconds, status(status));
    }

    /** Puts another line into {@code systemctl status}. */
    public void says(String status) {
        tell(status(status));
    }

    void isWell() {
        tell("WATCHDOG=1");
    }

    private static String status(String text) {
        return "STATUS=" + text.replaceAll("\\p{Cntrl}+", " ");
    }

    private void tell(String... assignments) {
        try {
            channel.send(String.join("\n", assignments));
        } catch (IOException failure) {
            if (complained.compareAndSet(false, true)) {
                LOG.warn(
                        "systemd could not be told {}: {}; expected it to listen at the socket in {}",
                        assignments[0],
                        failure,
                        VARIABLE);
            }
        }
    }
}
