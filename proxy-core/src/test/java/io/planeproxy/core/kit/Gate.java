package io.planeproxy.core.kit;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A named point that one side waits at until the other opens it; it stays open. */
public final class Gate {
    private final String name;
    private final CountDownLatch latch = new CountDownLatch(1);

    public Gate(String name) {
        this.name = name;
    }

    public void open() {
        latch.countDown();
    }

    public void await() {
        try {
            if (!latch.await(Patience.LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("gate '" + name + "' is still shut after " + Patience.LIMIT
                        + ", it should have been opened by the other side of the test");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting at gate '" + name + "'", e);
        }
    }
}
