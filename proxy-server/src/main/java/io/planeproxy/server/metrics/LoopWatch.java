package io.planeproxy.server.metrics;

import io.planeproxy.core.engine.LoopFigures;
import io.planeproxy.core.relay.TunnelTraffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Asks the event loops what there is, and is content with what it knew before of one that does not answer in time. */
final class LoopWatch {
    private static final LoopFigures NOTHING = new LoopFigures(0, 0, TunnelTraffic.NONE, TunnelTraffic.NONE, List.of());

    private final Duration limit;
    private final List<LoopFigures> known = new ArrayList<>();
    private volatile Supplier<List<CompletableFuture<LoopFigures>>> loops = List::of;

    /** @param limit for all of them together */
    LoopWatch(Duration limit) {
        this.limit = limit;
    }

    /** From now on these. @param asked as {@code Engine.figures} gives them: always as many, in the same order */
    void watch(Supplier<List<CompletableFuture<LoopFigures>>> asked) {
        loops = asked;
    }

    /**
     * What was seen.
     *
     * @param figures one for each event loop
     * @param unresponsive how many of them are older
     */
    record Sight(List<LoopFigures> figures, int unresponsive) {}

    synchronized Sight look() {
        long deadline = System.nanoTime() + limit.toNanos();
        List<CompletableFuture<LoopFigures>> asked = asked();
        int unresponsive = 0;
        for (int i = 0; i < asked.size(); i++) {
            if (i == known.size()) {
                known.add(NOTHING);
            }
            try {
                long left = Math.max(0, deadline - System.nanoTime());
                known.set(i, asked.get(i).get(left, TimeUnit.NANOSECONDS));
            } catch (TimeoutException | ExecutionException hangs) {
                unresponsive++;
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                unresponsive++;
            }
        }
        return new Sight(List.copyOf(known), unresponsive);
    }

    private List<CompletableFuture<LoopFigures>> asked() {
        try {
            return loops.get();
        } catch (RejectedExecutionException ended) {
            known.clear();
            return List.of();
        }
    }
}
