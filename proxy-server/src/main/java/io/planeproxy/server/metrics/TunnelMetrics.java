package io.planeproxy.server.metrics;

import io.planeproxy.core.relay.Closing;
import io.planeproxy.core.relay.Party;
import io.planeproxy.core.relay.TunnelEnding;
import io.planeproxy.core.relay.TunnelRecord;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;

/** How tunnels ended, how long they lasted, and how long pings took in them. */
final class TunnelMetrics {
    private static final String NONE = "none";

    /** Those of RFC 6455 §7.4.1 that are sent, and those of Plane's live server; peers can make up others without end. */
    private static final Set<Integer> KNOWN_CODES = Set.of(
            1000, 1001, 1002, 1003, 1005, 1006, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 4000, 4001, 4002, 4003,
            4205, 4401, 4403, 4408);

    private final Counter ended;
    private final Timing duration;
    private final Timing clientPings;
    private final Timing upstreamPings;
    private final CounterDataPoint malformed;

    TunnelMetrics(PrometheusRegistry registry) {
        ended = Counters.register(
                registry,
                "plane_proxy_tunnels_ended_total",
                "Tunnels that are over: who ended it, how, with which close code, and what went wrong.",
                "by",
                "how",
                "code",
                "cause");
        duration = Timings.register(
                        registry,
                        "plane_proxy_tunnel_duration_seconds",
                        "From the switch of protocols to the end of the tunnel.",
                        Timings.TUNNEL)
                .of();
        Timings pings = Timings.register(
                registry,
                "plane_proxy_tunnel_ping_seconds",
                "From a ping that passed to its pong, by the side that answered.",
                Timings.SHORT,
                "side");
        clientPings = pings.of("client");
        upstreamPings = pings.of("upstream");
        malformed = Counters.register(
                registry,
                "plane_proxy_tunnel_directions_malformed_total",
                "Directions of WebSockets in which something came that is none; they go on unobserved.");
    }

    void ended(TunnelRecord tunnel) {
        duration.took(tunnel.last().age());
        String cause = tunnel.cause().map(known -> known.code()).orElse(NONE);
        switch (tunnel.ending()) {
            case TunnelEnding.Closed(Party by, Closing closing) ->
                ended.labelValues(text(by), "closed", code(closing.code()), cause)
                        .inc();
            case TunnelEnding.Lost(Party who, TunnelEnding.Manner manner, Duration _) ->
                ended.labelValues(text(who), text(manner), NONE, cause).inc();
            case TunnelEnding.Stopped _ ->
                ended.labelValues(text(Party.PROXY), "stopped", NONE, cause).inc();
        }
    }

    void ponged(Party by, long nanos) {
        switch (by) {
            case CLIENT -> clientPings.took(nanos);
            case UPSTREAM -> upstreamPings.took(nanos);
            case PROXY -> throw new IllegalStateException("the proxy answers no ping");
        }
    }

    void malformed() {
        malformed.inc();
    }

    private static String text(Party party) {
        return switch (party) {
            case CLIENT -> "client";
            case UPSTREAM -> "upstream";
            case PROXY -> "proxy";
        };
    }

    private static String text(TunnelEnding.Manner manner) {
        return manner.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String code(OptionalInt code) {
        if (code.isEmpty()) {
            return NONE;
        }
        return KNOWN_CODES.contains(code.getAsInt()) ? Integer.toString(code.getAsInt()) : "other";
    }
}
