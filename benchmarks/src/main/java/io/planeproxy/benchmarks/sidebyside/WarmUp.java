package io.planeproxy.benchmarks.sidebyside;

import io.planeproxy.benchmarks.sidebyside.load.Upstream;
import io.planeproxy.benchmarks.sidebyside.load.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * How a cold proxy comes up to speed, seen from the upstream, that counts its replies.
 *
 * @param seconds until it had, for half a second, 80 % of the rate of the last four
 */
record WarmUp(double seconds, Work work) {
    static final Duration TIME = Duration.ofSeconds(12);

    private static final Duration STEADY = Duration.ofSeconds(4);
    private static final double FULL_ENOUGH = 0.8;
    private static final int WINDOW = 5;
    private static final long STEP_NANOS = 100_000_000;

    private record Look(long at, long served) {
        double rateUntil(Look later) {
            return (later.served - served) * 1e9 / (later.at - at);
        }
    }

    static WarmUp of(Upstream upstream, Supplier<Work> load) {
        List<Look> looks = new ArrayList<>();
        CompletableFuture<Work> work = CompletableFuture.supplyAsync(load);
        while (!work.isDone()) {
            looks.add(new Look(System.nanoTime(), upstream.served()));
            LockSupport.parkNanos(STEP_NANOS);
        }
        return new WarmUp(secondsToFullRate(looks), work.join());
    }

    private static double secondsToFullRate(List<Look> looks) {
        Look last = looks.getLast();
        Look steadySince = looks.stream()
                .filter(look -> last.at - look.at <= STEADY.toNanos())
                .findFirst()
                .orElse(last);
        double full = steadySince.rateUntil(last);
        for (int i = WINDOW; i < looks.size(); i++) {
            if (looks.get(i - WINDOW).rateUntil(looks.get(i)) >= FULL_ENOUGH * full) {
                return (looks.get(i).at - looks.getFirst().at) / 1e9;
            }
        }
        return TIME.toSeconds();
    }
}
