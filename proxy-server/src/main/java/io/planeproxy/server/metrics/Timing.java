package io.planeproxy.server.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * How often something took how long. Prometheus' own histogram makes whoever counts wait while it is read; this one does not,
 * for the price that a time which comes just then may be in the sum and not yet in the counts.
 */
final class Timing {
    private static final double NANOS_IN_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long[] bounds;
    private final LongAdder[] counts;
    private final LongAdder nanos = new LongAdder();

    /** @param bounds the longest time of each bucket, shortest first; what is longer than all has one of its own */
    Timing(List<Duration> bounds) {
        this.bounds = bounds.stream().mapToLong(Duration::toNanos).toArray();
        this.counts = new LongAdder[bounds.size() + 1];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
    }

    void took(Duration time) {
        took(time.toNanos());
    }

    void took(long time) {
        int bucket = 0;
        while (bucket < bounds.length && time > bounds[bucket]) {
            bucket++;
        }
        nanos.add(time);
        counts[bucket].increment();
    }

    /** Whether there was anything yet. */
    boolean isUsed() {
        return Arrays.stream(counts).anyMatch(count -> count.sum() > 0);
    }

    HistogramDataPointSnapshot snapshot(Labels labels) {
        ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        for (int i = 0; i < counts.length; i++) {
            double bound = i < bounds.length ? bounds[i] / NANOS_IN_SECOND : Double.POSITIVE_INFINITY;
            buckets.bucket(bound, counts[i].sum());
        }
        return HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(buckets.build())
                .sum(nanos.sum() / NANOS_IN_SECOND)
                .labels(labels)
                .build();
    }
}
