package io.planeproxy.benchmarks.sidebyside;

import io.planeproxy.benchmarks.sidebyside.load.Work;
import io.planeproxy.benchmarks.sidebyside.peers.Usage;
import java.util.EnumMap;
import java.util.Map;

/** What one run of one load on one proxy gave. */
record Sample(Map<Figure, Double> figures) {
    private static final double KIB_OF_A_MIB = 1024;
    private static final double MICROS = 1e6;

    Sample {
        figures = Map.copyOf(figures);
    }

    static Sample of(Work work, Usage before, Usage after, double proxyCore, double loadCore) {
        Map<Figure, Double> figures = new EnumMap<>(Figure.class);
        figures.put(Figure.RATE, work.perSecond());
        figures.put(Figure.P50, work.p50());
        figures.put(Figure.P99, work.p99());
        figures.put(Figure.CPU, (double) (after.cpuMicros() - before.cpuMicros()) / work.operations());
        figures.put(Figure.WAITED, (after.waitedMicros() - before.waitedMicros()) / (work.seconds() * MICROS));
        figures.put(Figure.MEMORY, after.residentKib() / KIB_OF_A_MIB);
        figures.put(Figure.PROXY_CORE, proxyCore);
        figures.put(Figure.LOAD_CORE, loadCore);
        return new Sample(figures);
    }

    static Sample ofIdle(Usage before, Usage after, int sockets) {
        return new Sample(Map.of(
                Figure.PER_SOCKET, (double) (after.residentKib() - before.residentKib()) / sockets,
                Figure.MEMORY, after.residentKib() / KIB_OF_A_MIB));
    }

    static Sample ofStart(double millisToFirstReply, double secondsToFullRate, Work steady) {
        return new Sample(Map.of(
                Figure.FIRST_REPLY, millisToFirstReply,
                Figure.WARM_AFTER, secondsToFullRate,
                Figure.RATE, steady.perSecond()));
    }
}
