package io.planeproxy.server.metrics;

import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.engine.LoopFigures;
import io.planeproxy.core.forward.ClientFacts;
import io.planeproxy.core.forward.RequestId;
import io.planeproxy.core.relay.ExchangeRecord;
import io.planeproxy.core.relay.Journal;
import io.planeproxy.core.relay.Party;
import io.planeproxy.core.relay.TunnelRecord;
import io.planeproxy.core.route.Upstream;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** Counts what the engine tells, and knows whom to ask for what is open now. */
public final class Metrics implements Journal {
    private static final Duration LOOPS_ANSWER_WITHIN = Duration.ofSeconds(1);

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final EngineMetrics engine = new EngineMetrics(new LoopWatch(LOOPS_ANSWER_WITHIN));
    private final ExchangeMetrics exchanges = new ExchangeMetrics(registry);
    private final TunnelMetrics tunnels = new TunnelMetrics(registry);
    private final TlsMetrics tls = new TlsMetrics(registry);
    private final UpstreamMetrics upstreams = new UpstreamMetrics(registry);
    private final ProgramMetrics program;

    /** @param version of the program */
    public Metrics(String version) {
        program = new ProgramMetrics(registry, version);
        registry.register(engine);
    }

    /**
     * Whom to ask for what there is now.
     *
     * @param figures as {@code Engine.figures} gives them
     * @param held how many exchanges wait for an upstream that is away
     */
    public void watchEngine(Supplier<List<CompletableFuture<LoopFigures>>> figures, IntSupplier held) {
        engine.watch(figures, held);
    }

    /** Whom to ask for the certificates that are in service. */
    public void watchCertificates(Supplier<List<CertificateFigure>> inService) {
        program.certificates(inService);
    }

    /** Whom to ask how many lines of each log were dropped so far. */
    public void watchDroppedLines(Supplier<Map<String, Long>> byLog) {
        program.droppedLines(byLog);
    }

    /** Another configuration was to be put into service. */
    public void reloaded(ReloadResult result) {
        program.reloaded(result);
    }

    /** All figures as they are now. Asks the event loops, so it is not to be called on one. */
    MetricSnapshots scrape() {
        program.watchJvm();
        return registry.scrape();
    }

    @Override
    public void exchangeEnded(ExchangeRecord exchange) {
        exchanges.ended(exchange);
    }

    @Override
    public void tunnelEnded(TunnelRecord tunnel) {
        tunnels.ended(tunnel);
    }

    @Override
    public void requestRefused(ClientFacts client, RequestId id, Refusal refusal) {
        exchanges.refused(refusal);
    }

    @Override
    public void handshakeFailed(ClientFacts client, Throwable cause) {
        tls.failed(cause);
    }

    @Override
    public void tunnelMalformed(ClientFacts client, String seen) {
        tunnels.malformed();
    }

    @Override
    public void bug(String during, Throwable fault) {
        program.bug();
    }

    @Override
    public void handshakeDone(ClientFacts client, String protocol) {
        tls.done(protocol);
    }

    @Override
    public void upstreamConnected(Upstream upstream) {
        upstreams.connected(upstream);
    }

    @Override
    public void upstreamConnectFailed(Upstream upstream, Refusal refusal) {
        upstreams.connectFailed(upstream, refusal);
    }

    @Override
    public void requestRepeated(Upstream upstream) {
        upstreams.repeated(upstream);
    }

    @Override
    public void ponged(Party by, long nanos) {
        tunnels.ponged(by, nanos);
    }

    @Override
    public void eventLoopLate(long nanos) {
        program.late(nanos);
    }
}
