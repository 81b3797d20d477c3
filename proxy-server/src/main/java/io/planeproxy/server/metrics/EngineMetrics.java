package io.planeproxy.server.metrics;

import io.planeproxy.core.engine.LoopFigures;
import io.planeproxy.core.upstream.PoolFigures;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/** What is open now, as the event loops see it. */
final class EngineMetrics implements MultiCollector {
    private final LoopWatch loops;
    private volatile IntSupplier heldNow = () -> 0;

    EngineMetrics(LoopWatch loops) {
        this.loops = loops;
    }

    void watch(Supplier<List<CompletableFuture<LoopFigures>>> figures, IntSupplier held) {
        loops.watch(figures);
        heldNow = held;
    }

    @Override
    public MetricSnapshots collect() {
        LoopWatch.Sight seen = loops.look();
        List<LoopFigures> figures = seen.figures();
        return MetricSnapshots.of(
                gauge(
                        "plane_proxy_client_connections",
                        "Open connections of clients, without tunnels.",
                        sum(figures, LoopFigures::clients)),
                gauge("plane_proxy_tunnels_open", "Open tunnels.", sum(figures, LoopFigures::tunnels)),
                gauge(
                        "plane_proxy_event_loops_unresponsive",
                        "Event loops that do not answer in time; the other figures of these are older.",
                        seen.unresponsive()),
                gauge(
                        "plane_proxy_exchanges_held",
                        "Handshakes and other requests that are kept waiting for an upstream that is away.",
                        heldNow.getAsInt()),
                connections(figures),
                waiting(figures),
                TrafficMetrics.bytes(figures),
                TrafficMetrics.messages(figures),
                TrafficMetrics.frames(figures));
    }

    private static GaugeSnapshot connections(List<LoopFigures> figures) {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder()
                .name("plane_proxy_upstream_connections")
                .help(
                        "Open connections to an upstream, without tunnels: idle ones, those that an exchange uses, and those"
                                + " that are being made.");
        byUpstream(figures, PoolFigures::idle).forEach((upstream, count) -> add(gauge, upstream, "idle", count));
        byUpstream(figures, PoolFigures::leased).forEach((upstream, count) -> add(gauge, upstream, "leased", count));
        byUpstream(figures, PoolFigures::opening).forEach((upstream, count) -> add(gauge, upstream, "opening", count));
        return gauge.build();
    }

    private static void add(GaugeSnapshot.Builder gauge, String upstream, String state, int count) {
        gauge.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(Labels.of("upstream", upstream, "state", state))
                .value(count)
                .build());
    }

    private static GaugeSnapshot waiting(List<LoopFigures> figures) {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder()
                .name("plane_proxy_upstream_queue")
                .help("Exchanges that wait for a connection to an upstream to become free.");
        byUpstream(figures, PoolFigures::waiting)
                .forEach((upstream, count) -> gauge.dataPoint(GaugeDataPointSnapshot.builder()
                        .labels(Labels.of("upstream", upstream))
                        .value(count)
                        .build()));
        return gauge.build();
    }

    private static Map<String, Integer> byUpstream(List<LoopFigures> figures, ToIntFunction<PoolFigures> figure) {
        Map<String, Integer> sums = new TreeMap<>();
        for (LoopFigures loop : figures) {
            for (PoolFigures pool : loop.pools()) {
                sums.merge(pool.upstream().toString(), figure.applyAsInt(pool), Integer::sum);
            }
        }
        return sums;
    }

    private static int sum(List<LoopFigures> figures, ToIntFunction<LoopFigures> figure) {
        return figures.stream().mapToInt(figure).sum();
    }

    private static GaugeSnapshot gauge(String name, String help, int value) {
        return GaugeSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(GaugeDataPointSnapshot.builder().value(value).build())
                .build();
    }
}
