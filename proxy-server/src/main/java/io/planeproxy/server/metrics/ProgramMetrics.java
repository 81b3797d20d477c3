package io.planeproxy.server.metrics;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.instrumentation.jvm.JvmBufferPoolMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmClassLoadingMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmRuntimeInfoMetric;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The program itself: its faults, its configuration, its certificates, its logs, its memory, its JVM. */
final class ProgramMetrics {
    private final PrometheusRegistry registry;
    private final CounterDataPoint bugs;
    private final Counter reloads;
    private final Timing late;
    private volatile Supplier<List<CertificateFigure>> certificates = List::of;
    private volatile Supplier<Map<String, Long>> droppedLines = Map::of;

    private boolean watchesJvm;

    ProgramMetrics(PrometheusRegistry registry, String version) {
        this.registry = registry;
        bugs = Counters.register(registry, "plane_proxy_bugs_total", "Faults of plane-proxy itself.");
        reloads = Counters.register(
                registry, "plane_proxy_reloads_total", "Attempts to put another configuration into service.", "result");
        for (ReloadResult result : ReloadResult.values()) {
            reloads.initLabelValues(result.text());
        }
        late = Timings.register(
                        registry,
                        "plane_proxy_event_loop_delay_seconds",
                        "How late event loops come to a task that is due ten times a second.",
                        Timings.SHORT)
                .of();
        registerPulled(registry);
        Info.builder()
                .name("plane_proxy_info")
                .help("The version of the program.")
                .labelNames("version")
                .register(registry)
                .setLabelValues(version);
    }

    private void registerPulled(PrometheusRegistry registry) {
        GaugeWithCallback.builder()
                .name("plane_proxy_certificate_expiry_timestamp_seconds")
                .help("When a certificate that is in service ends, in seconds since 1970.")
                .labelNames("names")
                .callback(to -> certificates.get().forEach(one -> to.call(seconds(one.notAfter()), one.names())))
                .register(registry);
        CounterWithCallback.builder()
                .name("plane_proxy_log_lines_dropped_total")
                .help("Lines of a log that came faster than they could be written.")
                .labelNames("log")
                .callback(to -> droppedLines.get().forEach((log, lines) -> to.call(lines, log)))
                .register(registry);
        GaugeWithCallback.builder()
                .name("plane_proxy_direct_memory_bytes")
                .help("Memory outside of the heap that is held for buffers of connections.")
                .callback(to -> to.call(directMemory()))
                .register(registry);
    }

    /** From now on the figures of the JVM are there too. They cost the start a thirtieth, and nobody asks for them so early. */
    synchronized void watchJvm() {
        if (!watchesJvm) {
            registerJvm();
            watchesJvm = true;
        }
    }

    /** Those of the library that need no more of the JDK than the packaged runtime has. */
    private void registerJvm() {
        JvmMemoryMetrics.builder().register(registry);
        JvmBufferPoolMetrics.builder().register(registry);
        JvmGarbageCollectorMetrics.builder().register(registry);
        JvmThreadsMetrics.builder().register(registry);
        JvmClassLoadingMetrics.builder().register(registry);
        JvmRuntimeInfoMetric.builder().register(registry);
        ProcessMetrics.builder().register(registry);
    }

    private static double seconds(Instant time) {
        return time.getEpochSecond();
    }

    private static double directMemory() {
        return ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider pooled
                ? pooled.metric().usedDirectMemory()
                : Double.NaN;
    }

    void bug() {
        bugs.inc();
    }

    void reloaded(ReloadResult result) {
        reloads.labelValues(result.text()).inc();
    }

    void late(long nanos) {
        late.took(nanos);
    }

    void certificates(Supplier<List<CertificateFigure>> inService) {
        certificates = inService;
    }

    void droppedLines(Supplier<Map<String, Long>> byLog) {
        droppedLines = byLog;
    }
}
