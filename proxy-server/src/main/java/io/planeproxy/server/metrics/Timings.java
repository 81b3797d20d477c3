package io.planeproxy.server.metrics;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The {@link Timing}s of one name, told apart by their labels. */
final class Timings implements Collector {
    /** From what a page takes to what Plane's longest requests take. */
    static final List<Duration> EXCHANGE =
            durations("PT0.005S PT0.01S PT0.025S PT0.05S PT0.1S PT0.25S PT0.5S PT1S PT2.5S"
                    + " PT5S PT10S PT30S PT60S PT300S PT600S");

    /** From a page that is looked at for a moment to one that is left open. */
    static final List<Duration> TUNNEL = durations("PT1S PT10S PT1M PT5M PT15M PT1H PT4H PT12H P1D");

    /** For what should be done at once. */
    static final List<Duration> SHORT =
            durations("PT0.001S PT0.0025S PT0.005S PT0.01S PT0.025S PT0.05S PT0.1S PT0.25S PT0.5S PT1S PT2.5S PT5S");

    private final String name;
    private final String help;
    private final List<Duration> bounds;
    private final String[] labelNames;
    private final Map<Labels, Timing> byLabels = new ConcurrentHashMap<>();

    private Timings(String name, String help, List<Duration> bounds, String... labelNames) {
        this.name = name;
        this.help = help;
        this.bounds = bounds;
        this.labelNames = labelNames;
    }

    static Timings register(
            PrometheusRegistry registry, String name, String help, List<Duration> bounds, String... labelNames) {
        Timings timings = new Timings(name, help, bounds, labelNames);
        registry.register(timings);
        return timings;
    }

    private static List<Duration> durations(String texts) {
        return Stream.of(texts.split(" ", -1)).map(Duration::parse).toList();
    }

    /** The one with these labels; to be kept by whoever counts often. */
    Timing of(String... labelValues) {
        return byLabels.computeIfAbsent(Labels.of(labelNames, labelValues), labels -> new Timing(bounds));
    }

    @Override
    public HistogramSnapshot collect() {
        HistogramSnapshot.Builder snapshot =
                HistogramSnapshot.builder().name(name).help(help);
        byLabels.forEach((labels, timing) -> {
            if (timing.isUsed()) {
                snapshot.dataPoint(timing.snapshot(labels));
            }
        });
        return snapshot.build();
    }
}
