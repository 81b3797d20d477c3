package io.planeproxy.server.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** Makes counters as they are wanted here. */
final class Counters {
    private Counters() {}

    /** One that counts without looking for an example to show with its figure, which would cost each time. */
    static Counter register(PrometheusRegistry registry, String name, String help, String... labelNames) {
        return Counter.builder()
                .name(name)
                .help(help)
                .labelNames(labelNames)
                .withoutExemplars()
                .register(registry);
    }
}
