package io.planeproxy.core.kit;

import java.time.Duration;

/** Counts bytes on one thread while another waits for the count to reach something or to stand still. */
public final class Meter {
    private long count;
    private long changes;

    public synchronized void add(long bytes) {
        count += bytes;
        changes++;
        notifyAll();
    }

    public synchronized long count() {
        return count;
    }

    public synchronized void awaitAtLeast(long wanted) {
        long end = System.nanoTime() + Patience.LIMIT.toNanos();
        while (count < wanted) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw new AssertionError(count + " bytes after " + Patience.LIMIT + ", expected at least " + wanted);
            }
            waitFor(left);
        }
    }

    /** Waits until nothing has been counted for {@code quiet}, and tells the count. */
    public synchronized long awaitQuiet(Duration quiet) {
        long end = System.nanoTime() + Patience.LIMIT.toNanos() + quiet.toNanos();
        long before;
        do {
            before = changes;
            awaitChange(quiet);
            if (System.nanoTime() > end) {
                throw new AssertionError(
                        "still moving at " + count + " bytes after " + Patience.LIMIT + ", expected it to stand still");
            }
        } while (changes != before);
        return count;
    }

    private void awaitChange(Duration longest) {
        long before = changes;
        long end = System.nanoTime() + longest.toNanos();
        for (long left = longest.toNanos(); changes == before && left > 0; left = end - System.nanoTime()) {
            waitFor(left);
        }
    }

    private void waitFor(long nanos) {
        try {
            wait(Math.max(1, nanos / 1_000_000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted at " + count + " bytes", e);
        }
    }
}
