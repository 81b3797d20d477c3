package io.planeproxy.server;

import java.util.concurrent.CountDownLatch;
import java.util.function.IntSupplier;

/** How a program that serves comes to its end: it is told to, by SIGTERM or SIGINT (Ctrl+C). */
final class Termination {
    private Termination() {}

    /**
     * Waits until the process is told to end, then ends it; so it never returns.
     *
     * <p>The JVM would end with 128 and the number of the signal, whatever was done about it; a supervisor takes that for
     * a failure. Hence the halt: this hook is the last to do anything.
     *
     * @param lastDeeds does what is left to be done and gives the exit code
     */
    static int await(IntSupplier lastDeeds) {
        Thread hook = new Thread(
                () -> {
                    int code = 1;
                    try {
                        code = lastDeeds.getAsInt();
                    } finally {
                        Runtime.getRuntime().halt(code);
                    }
                },
                "shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
        CountDownLatch never = new CountDownLatch(1);
        while (true) {
            try {
                never.await();
            } catch (InterruptedException ignored) {
                // Nobody but a signal ends this.
            }
        }
    }
}
