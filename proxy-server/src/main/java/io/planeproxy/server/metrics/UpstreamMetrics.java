package io.planeproxy.server.metrics;

import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.route.Upstream;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** What happens between the proxy and upstreams, beside exchanges. */
final class UpstreamMetrics {
    private final Counter connects;
    private final Counter failures;
    private final Counter repeated;

    UpstreamMetrics(PrometheusRegistry registry) {
        connects = Counters.register(
                registry,
                "plane_proxy_upstream_connects_total",
                "Connections that were made to an upstream.",
                "upstream");
        failures = Counters.register(
                registry,
                "plane_proxy_upstream_connect_failures_total",
                "Connections to an upstream that could not be made.",
                "upstream",
                "cause");
        repeated = Counters.register(
                registry,
                "plane_proxy_upstream_stale_retries_total",
                "Requests that were sent once more, since the kept connection turned out to be closed.",
                "upstream");
    }

    void connected(Upstream upstream) {
        connects.labelValues(upstream.toString()).inc();
    }

    void connectFailed(Upstream upstream, Refusal refusal) {
        failures.labelValues(upstream.toString(), refusal.cause().code()).inc();
    }

    void repeated(Upstream upstream) {
        repeated.labelValues(upstream.toString()).inc();
    }
}
