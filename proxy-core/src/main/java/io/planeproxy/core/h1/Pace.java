package io.planeproxy.core.h1;

import java.time.Duration;

/**
 * Whether a client that is being read keeps a least rate, over all the time in which we were ready to read. What it sends
 * at first counts for little, so that a slow start is forgiven for as long as the idle limit.
 */
final class Pace {
    private final int bytesPerSecond;
    private final long graceNanos;
    private long bytes;
    private long readyNanos;
    private long readySince;

    /** @param bytesPerSecond 0 for any rate */
    Pace(int bytesPerSecond, Duration grace) {
        this.bytesPerSecond = bytesPerSecond;
        this.graceNanos = grace.toNanos();
    }

    /** We are ready to read from now on. */
    void ready(long now) {
        readySince = now;
    }

    /** We are not ready any more: this time is not the client's fault. */
    void held(long now) {
        readyNanos += now - readySince;
        readySince = now;
    }

    /** So many bytes came. @return whether the client is too slow */
    boolean isTooSlow(int count, long now) {
        bytes += count;
        long ready = readyNanos + (now - readySince);
        return ready > graceNanos && bytes < bytesPerSecond * (ready / 1_000_000_000L);
    }
}
