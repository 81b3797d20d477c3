package io.planeproxy.server.metrics;

import io.planeproxy.tls.HandshakeFailure;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;

/** TLS handshakes with clients. */
final class TlsMetrics {
    private final Counter done;
    private final Counter failed;

    TlsMetrics(PrometheusRegistry registry) {
        done = Counters.register(
                registry, "plane_proxy_tls_handshakes_total", "TLS handshakes of clients that are done.", "version");
        failed = Counters.register(
                registry,
                "plane_proxy_tls_handshake_failures_total",
                "TLS handshakes of clients that failed.",
                "reason");
    }

    /** @param protocol as TLS libraries name it: a closed list, since it is the proxy that chooses */
    void done(String protocol) {
        done.labelValues(protocol).inc();
    }

    void failed(Throwable cause) {
        failed.labelValues(code(HandshakeFailure.of(cause))).inc();
    }

    private static String code(HandshakeFailure failure) {
        return failure.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
