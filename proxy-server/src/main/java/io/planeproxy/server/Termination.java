package io.planeproxy.server;

import io.planeproxy.server.cli.ExitCode;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a program that serves comes to its end: it is told to, by SIGTERM or SIGINT (Ctrl+C).
 *
 * <p>The JVM would end with 128 and the number of the signal, whatever was done about it; a supervisor takes that for a
 * failure. Hence the halt: the hook here is the last to do anything.
 */
final class Termination {
    private static final Logger LOG = LoggerFactory.getLogger("plane-proxy");

    private final AtomicReference<IntSupplier> lastDeeds = new AtomicReference<>(Termination::nothingServedYet);
    private final Thread hook = new Thread(this::end, "shutdown");

    /** From here on the program ends in order when it is told to; as long as nothing is served, at once. */
    void expect() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Waits until the process is told to end, then ends it; so it never returns.
     *
     * @param deeds does what is left to be done and gives the exit code
     */
    int await(IntSupplier deeds) {
        lastDeeds.set(deeds);
        CountDownLatch never = new CountDownLatch(1);
        while (true) {
            try {
                never.await();
            } catch (InterruptedException ignored) {
                // Nobody but a signal ends this.
            }
        }
    }

    /** Ends the process in the same order as a signal does, and returns at once. */
    void now() {
        Thread.ofPlatform().name("end").start(() -> System.exit(ExitCode.GOOD));
    }

    private void end() {
        int code = ExitCode.FAILED;
        try {
            code = lastDeeds.get().getAsInt();
        } finally {
            Runtime.getRuntime().halt(code);
        }
    }

    private static int nothingServedYet() {
        LOG.info("told to end while starting; nothing was served yet");
        Logs.finish();
        return ExitCode.GOOD;
    }

    /** The program ends by itself, with a code of its own. */
    void expectNoMore() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException endsAlready) {
            LOG.debug("told to end at the same time", endsAlready);
        }
    }
}
