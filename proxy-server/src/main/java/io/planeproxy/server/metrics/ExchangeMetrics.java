package io.planeproxy.server.metrics;

import io.planeproxy.core.cause.Cause;
import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.exchange.Outcome;
import io.planeproxy.core.http.Intent;
import io.planeproxy.core.relay.ExchangeRecord;
import io.planeproxy.core.relay.Phases;
import io.planeproxy.core.route.Route;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Exchanges by route, method, status class and cause, how long they took and where that time went. */
final class ExchangeMetrics {
    private static final String NONE = "none";

    private final Counter exchanges;
    private final Counter received;
    private final Counter sent;
    private final Timings durations;
    private final Timings phases;
    private final Counter refused;
    private final Counter handshakes;
    private final Map<String, OfRoute> byRoute = new ConcurrentHashMap<>();
    private final OfRoute withoutRoute;

    ExchangeMetrics(PrometheusRegistry registry) {
        exchanges = Counters.register(
                registry,
                "plane_proxy_exchanges_total",
                "Requests with their replies, by the route's path, the method, the class of the status and what went wrong.",
                "route",
                "method",
                "status",
                "cause");
        received = Counters.register(
                registry, "plane_proxy_exchange_received_bytes_total", "Bytes of request bodies that passed.", "route");
        sent = Counters.register(
                registry, "plane_proxy_exchange_sent_bytes_total", "Bytes of reply bodies that passed.", "route");
        durations = Timings.register(
                registry,
                "plane_proxy_exchange_duration_seconds",
                "From the head of a request to the end of its reply.",
                Timings.EXCHANGE,
                "route");
        phases = Timings.register(
                registry,
                "plane_proxy_exchange_phase_seconds",
                "Where the time of an exchange went: until there was a connection to the upstream, until the head of the reply,"
                        + " until its end.",
                Timings.EXCHANGE,
                "route",
                "phase");
        refused = Counters.register(
                registry,
                "plane_proxy_requests_refused_total",
                "What came was no request, or stopped before it was one, or met a limit on connections.",
                "cause");
        handshakes = Counters.register(
                registry,
                "plane_proxy_tunnel_handshakes_total",
                "Handshakes of WebSockets: switched, or why not.",
                "result");
        withoutRoute = new OfRoute(NONE);
    }

    void ended(ExchangeRecord exchange) {
        of(exchange.route()).ended(exchange);
        boolean isHandshake = exchange.head().intent() instanceof Intent.Upgrade upgrade && upgrade.isWebSocket();
        if (isHandshake) {
            result(exchange.outcome())
                    .ifPresent(result -> handshakes.labelValues(result).inc());
        }
    }

    void refused(Refusal refusal) {
        refused.labelValues(refusal.cause().code()).inc();
    }

    /** Nothing where the route lets no WebSocket through, so that the request was an ordinary one. */
    private static Optional<String> result(Outcome outcome) {
        return outcome instanceof Outcome.Switched
                ? Optional.of("switched")
                : outcome.cause().map(Cause::code);
    }

    private OfRoute of(Optional<Route> route) {
        return route.isEmpty()
                ? withoutRoute
                : byRoute.computeIfAbsent(route.get().prefix().text(), OfRoute::new);
    }

    /** The counters of one route, found once. */
    private final class OfRoute {
        private final String route;
        private final CounterDataPoint bytesReceived;
        private final CounterDataPoint bytesSent;
        private final Timing duration;
        private final Timing connection;
        private final Timing head;
        private final Timing body;
        /** Of exchanges in which nothing went wrong, which are most; found when there is a first one. */
        private final AtomicReferenceArray<CounterDataPoint> good =
                new AtomicReferenceArray<>(MethodLabel.values().length * StatusLabel.values().length);

        OfRoute(String route) {
            this.route = route;
            this.bytesReceived = received.labelValues(route);
            this.bytesSent = sent.labelValues(route);
            this.duration = durations.of(route);
            this.connection = phases.of(route, "connection");
            this.head = phases.of(route, "head");
            this.body = phases.of(route, "body");
        }

        void ended(ExchangeRecord exchange) {
            MethodLabel method = MethodLabel.of(exchange.head().method());
            StatusLabel status = StatusLabel.of(exchange.status());
            Optional<Cause> cause = exchange.outcome().cause();
            if (cause.isEmpty()) {
                good(method, status).inc();
            } else {
                exchanges
                        .labelValues(
                                route, method.text(), status.text(), cause.get().code())
                        .inc();
            }
            bytesReceived.inc(exchange.received());
            bytesSent.inc(exchange.sent());
            duration.took(exchange.took());
            count(exchange.phases());
        }

        private CounterDataPoint good(MethodLabel method, StatusLabel status) {
            int index = method.ordinal() * StatusLabel.values().length + status.ordinal();
            CounterDataPoint known = good.get(index);
            if (known != null) {
                return known;
            }
            CounterDataPoint found = exchanges.labelValues(route, method.text(), status.text(), NONE);
            good.set(index, found);
            return found;
        }

        private void count(Phases reached) {
            switch (reached) {
                case Phases.Here _ -> {}
                case Phases.Connecting(Duration toConnection) -> connection.took(toConnection);
                case Phases.Waiting(Duration toConnection, Duration toHead) -> {
                    connection.took(toConnection);
                    head.took(toHead);
                }
                case Phases.Replying(Duration toConnection, Duration toHead, Duration toEnd) -> {
                    connection.took(toConnection);
                    head.took(toHead);
                    body.took(toEnd);
                }
            }
        }
    }
}
