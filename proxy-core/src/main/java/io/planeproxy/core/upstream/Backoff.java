package io.planeproxy.core.upstream;

import java.time.Duration;

/** When to try again: soon at first, since most restarts are short, and then every second. */
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private Backoff() {}

    /**
     * How long to wait.
     *
     * @param failures how many tries have failed so far, 0 for none
     * @param chance from 0 to 1; makes it up to a fifth shorter or longer, so that several proxies do not try in step
     */
    static Duration delay(int failures, double chance) {
        long nanos = failures < 10 ? FIRST.toNanos() << failures : LONGEST.toNanos();
        double jitter = 0.8 + 0.4 * chance;
        return Duration.ofNanos((long) (Math.min(nanos, LONGEST.toNanos()) * jitter));
    }
}
