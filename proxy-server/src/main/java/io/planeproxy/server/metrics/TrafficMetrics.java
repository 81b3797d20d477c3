package io.planeproxy.server.metrics;

import io.planeproxy.core.engine.LoopFigures;
import io.planeproxy.core.relay.TunnelTraffic;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** What has passed through tunnels, those that are open included, so that a socket that lives for a day is not counted at its end. */
final class TrafficMetrics {
    /** By opcode (RFC 6455 §11.8). */
    private static final List<String> KINDS = List.of("continuation", "text", "binary");

    private static final List<String> CONTROL_KINDS = List.of("close", "ping", "pong");
    private static final int FIRST_CONTROL = 8;

    private TrafficMetrics() {}

    static CounterSnapshot bytes(List<LoopFigures> loops) {
        return counter(
                "plane_proxy_tunnel_bytes_total",
                "Bytes that came through tunnels, headers of frames included.",
                loops,
                TunnelTraffic::bytes);
    }

    static CounterSnapshot messages(List<LoopFigures> loops) {
        return counter(
                "plane_proxy_tunnel_messages_total",
                "Messages that came through WebSockets.",
                loops,
                TunnelTraffic::messages);
    }

    private static CounterSnapshot counter(
            String name, String help, List<LoopFigures> loops, ToLongFunction<TunnelTraffic> figure) {
        CounterSnapshot.Builder counter = CounterSnapshot.builder().name(name).help(help);
        for (Side side : Side.values()) {
            counter.dataPoint(point(side.sum(loops, figure), Labels.of("from", side.text)));
        }
        return counter.build();
    }

    static CounterSnapshot frames(List<LoopFigures> loops) {
        CounterSnapshot.Builder counter = CounterSnapshot.builder()
                .name("plane_proxy_tunnel_frames_total")
                .help("Frames that came through WebSockets.");
        for (Side side : Side.values()) {
            long others = side.sum(
                    loops,
                    traffic ->
                            traffic.frames().stream().mapToLong(Long::longValue).sum());
            for (int i = 0; i < KINDS.size(); i++) {
                others -= add(counter, side, loops, i, KINDS.get(i));
            }
            for (int i = 0; i < CONTROL_KINDS.size(); i++) {
                others -= add(counter, side, loops, FIRST_CONTROL + i, CONTROL_KINDS.get(i));
            }
            counter.dataPoint(point(others, Labels.of("from", side.text, "kind", "other")));
        }
        return counter.build();
    }

    private static long add(
            CounterSnapshot.Builder counter, Side side, List<LoopFigures> loops, int opcode, String kind) {
        long count = side.sum(loops, traffic -> traffic.frames().get(opcode));
        counter.dataPoint(point(count, Labels.of("from", side.text, "kind", kind)));
        return count;
    }

    private static CounterDataPointSnapshot point(long value, Labels labels) {
        return CounterDataPointSnapshot.builder().value(value).labels(labels).build();
    }

    /** Where it came from. */
    private enum Side {
        CLIENT("client", LoopFigures::fromClients),
        UPSTREAM("upstream", LoopFigures::fromUpstreams);

        private final String text;
        private final Function<LoopFigures, TunnelTraffic> traffic;

        Side(String text, Function<LoopFigures, TunnelTraffic> traffic) {
            this.text = text;
            this.traffic = traffic;
        }

        long sum(List<LoopFigures> loops, ToLongFunction<TunnelTraffic> figure) {
            return loops.stream().map(traffic).mapToLong(figure).sum();
        }
    }
}
