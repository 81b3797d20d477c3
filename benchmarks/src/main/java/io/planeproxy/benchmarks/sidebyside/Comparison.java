package io.planeproxy.benchmarks.sidebyside;

import io.planeproxy.benchmarks.sidebyside.load.LoadFailure;
import io.planeproxy.benchmarks.sidebyside.load.LoadLoop;
import io.planeproxy.benchmarks.sidebyside.load.Security;
import io.planeproxy.benchmarks.sidebyside.load.Upstream;
import io.planeproxy.benchmarks.sidebyside.load.WebSockets;
import io.planeproxy.benchmarks.sidebyside.load.Work;
import io.planeproxy.benchmarks.sidebyside.load.Wrk;
import io.planeproxy.benchmarks.sidebyside.peers.Certificate;
import io.planeproxy.benchmarks.sidebyside.peers.Core;
import io.planeproxy.benchmarks.sidebyside.peers.Peer;
import io.planeproxy.benchmarks.sidebyside.peers.Running;
import io.planeproxy.benchmarks.sidebyside.peers.Site;
import io.planeproxy.benchmarks.sidebyside.peers.Usage;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** Runs a plan. Under each load the proxies take turns, round after round, so that what else the machine does meets all of them. */
final class Comparison implements AutoCloseable {
    /** Brings back what the turns of the others have pushed out of the caches. */
    private static final Duration SETTLE = Duration.ofSeconds(1);

    private static final int SMALL_FRAME = 128;
    private static final int SOCKETS_AT_A_TIME = 50;

    private final Plan plan;
    private final PrintStream progress;
    private final LoadLoop loop = new LoadLoop();
    private final Upstream upstream = new Upstream(loop);
    private final Wrk wrk;
    private final Certificate certificate;
    private final Results results = new Results();
    private int sites;

    Comparison(Plan plan, PrintStream progress) {
        this.plan = plan;
        this.progress = progress;
        this.wrk = new Wrk(plan.folder());
        this.certificate = Certificate.madeIn(plan.folder());
    }

    Results run() {
        for (Load load : plan.loads()) {
            progress.println(load.id() + ": " + load.title());
            switch (load.kind()) {
                case Load.Kind.Http http -> inTurns(load, proxy -> Generator.http(http, proxy, wrk));
                case Load.Kind.Echo echo -> inTurns(load, proxy -> Generator.echo(echo, proxy, loop));
                case Load.Kind.Handshake handshake ->
                    inTurns(load, proxy -> Generator.handshakes(handshake, proxy, loop));
                case Load.Kind.Idle idle -> eachAfresh(load, peer -> idle(idle, peer));
                case Load.Kind.ColdStart coldStart -> eachAfresh(load, this::coldStart);
            }
        }
        return results;
    }

    private record Contestant(Running proxy, Generator generator) implements AutoCloseable {
        @Override
        public void close() {
            generator.close();
            proxy.close();
        }
    }

    /** All of them are up and warm; who is not under load costs nothing. */
    private void inTurns(Load load, Function<Running, Generator> loaded) {
        List<Contestant> contestants = new ArrayList<>();
        try {
            for (Peer peer : plan.peers()) {
                guarded(load, peer, () -> {
                    Running proxy = start(peer);
                    try {
                        Generator generator = loaded.apply(proxy);
                        generator.run(plan.warmUp());
                        contestants.add(new Contestant(proxy, generator));
                    } catch (LoadFailure failure) {
                        proxy.close();
                        throw failure;
                    }
                });
            }
            for (int round = 0; round < plan.rounds(); round++) {
                for (Contestant contestant : contestants) {
                    guarded(load, contestant.proxy().peer(), () -> measure(load, contestant));
                }
                // The next round begins with another one.
                Collections.rotate(contestants, -1);
            }
        } finally {
            contestants.forEach(Contestant::close);
        }
    }

    private void measure(Load load, Contestant contestant) {
        contestant.generator().run(SETTLE);
        Running proxy = contestant.proxy();
        Core.Ticks proxyCore = plan.proxyCore().ticks();
        Core.Ticks loadCore = plan.loadCore().ticks();
        Usage before = proxy.usage();
        Work work = contestant.generator().run(plan.time());
        proxy.mustStillRun();
        add(
                load,
                proxy.peer(),
                Sample.of(
                        work,
                        before,
                        proxy.usage(),
                        plan.proxyCore().ticks().busySince(proxyCore),
                        plan.loadCore().ticks().busySince(loadCore)));
    }

    private void eachAfresh(Load load, Function<Peer, Sample> measured) {
        for (int round = 0; round < plan.rounds(); round++) {
            for (Peer peer : plan.peers()) {
                guarded(load, peer, () -> add(load, peer, measured.apply(peer)));
            }
        }
    }

    /** Counted once the proxy has opened and closed as many sockets, a few at a time, so that it is the memory of a socket and not of a start. */
    private Sample idle(Load.Kind.Idle idle, Peer peer) {
        try (Running proxy = start(peer)) {
            for (int opened = 0; opened < idle.sockets(); opened += SOCKETS_AT_A_TIME) {
                open(proxy, SOCKETS_AT_A_TIME).close();
            }
            Usage before = proxy.usage();
            try (WebSockets sockets = open(proxy, idle.sockets())) {
                return Sample.ofIdle(before, proxy.usage(), idle.sockets());
            }
        }
    }

    private WebSockets open(Running proxy, int count) {
        WebSockets sockets = WebSockets.open(loop, proxy.tls(), Security.TLS, count, SMALL_FRAME);
        sockets.echo(Duration.ofMillis(1));
        return sockets;
    }

    private Sample coldStart(Peer peer) {
        try (Running proxy = start(peer)) {
            WarmUp warmUp = WarmUp.of(
                    upstream,
                    () -> Generator.http(new Load.Kind.Http(Wrk.Request.SMALL, Security.TLS, 64), proxy, wrk)
                            .run(WarmUp.TIME));
            return Sample.ofStart(proxy.millisToFirstReply(), warmUp.seconds(), warmUp.work());
        }
    }

    private Running start(Peer peer) {
        Site site = Site.in(
                plan.folder().resolve(peer.id() + "-" + sites++), upstream.address(), certificate, plan.accessLogs());
        return Running.start(peer, site, plan.proxyCore());
    }

    private void add(Load load, Peer peer, Sample sample) {
        results.add(load, peer.id(), sample);
        StringBuilder line = new StringBuilder("  " + peer.id());
        for (Figure figure : Figure.values()) {
            if (sample.figures().containsKey(figure)) {
                line.append("  ")
                        .append(figure.title())
                        .append(' ')
                        .append(figure.text(sample.figures().get(figure)));
            }
        }
        progress.println(line);
    }

    /** One proxy that fails under one load is a result too. */
    private void guarded(Load load, Peer peer, Runnable step) {
        try {
            step.run();
        } catch (LoadFailure | IllegalStateException failure) {
            progress.println("  " + peer.id() + "  FAILED: " + failure.getMessage());
            results.failed(load, peer.id(), String.valueOf(failure.getMessage()));
        }
    }

    @Override
    public void close() {
        loop.close();
    }
}
