package io.planeproxy.benchmarks.sidebyside.load;

/**
 * What a load generator got done.
 *
 * @param operations replies, frames or connections
 * @param seconds in which they were done
 * @param p50 microseconds
 * @param p99 microseconds
 */
public record Work(long operations, double seconds, double p50, double p99) {
    static Work of(Latencies latencies, double seconds) {
        return new Work(latencies.count(), seconds, latencies.micros(0.5), latencies.micros(0.99));
    }

    public double perSecond() {
        return operations / seconds;
    }
}
