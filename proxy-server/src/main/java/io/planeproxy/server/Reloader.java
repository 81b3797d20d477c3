package io.planeproxy.server;

import io.planeproxy.server.metrics.ReloadResult;
import io.planeproxy.server.pages.ReloadReport;
import io.planeproxy.server.pages.Tenure;
import io.planeproxy.server.settings.Problem;
import io.planeproxy.server.settings.Settings;
import io.planeproxy.server.settings.Sources;
import io.planeproxy.server.systemd.Supervisor;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the configuration again and puts it into service: read, every problem, a new {@link Generation}, its listeners opened,
 * swapped, the old one closed. Whatever fails before the swap leaves the old one serving. One reload at a time.
 */
final class Reloader {
    private static final Logger LOG = LoggerFactory.getLogger("plane-proxy");

    private final Sources sources;
    private final Proxy proxy;
    private final Lasting lasting;
    private final Inherited inherited;
    private final Witnesses witnesses;
    private final Supervisor supervisor;
    private final InstantSource clock;
    private final Chronicle chronicle;

    /** Of the start, since some things are decided then once and for all. */
    private final Settings started;

    private volatile Tenure tenure;

    private final Semaphore turn = new Semaphore(1);
    private volatile boolean ended;

    Reloader(
            Sources sources,
            Proxy proxy,
            Lasting lasting,
            Inherited inherited,
            Witnesses witnesses,
            Supervisor supervisor,
            InstantSource clock,
            Chronicle chronicle) {
        this.sources = sources;
        this.proxy = proxy;
        this.lasting = lasting;
        this.inherited = inherited;
        this.witnesses = witnesses;
        this.supervisor = supervisor;
        this.clock = clock;
        this.chronicle = chronicle;
        this.tenure = Tenure.started(clock.instant());
        this.started = proxy.generation().settings();
    }

    /** @param asker who asks for it, for the log */
    ReloadReport reload(String asker) {
        turn.acquireUninterruptibly();
        try {
            return ended ? tooLate() : reloadNow(asker);
        } finally {
            turn.release();
        }
    }

    private static ReloadReport tooLate() {
        return new ReloadReport.Failed(
                "plane-proxy: told to end before; expected to be told to reload while it serves");
    }

    private ReloadReport reloadNow(String asker) {
        LOG.info("reload, asked for by {}", asker);
        supervisor.reloading("reloading, asked for by " + asker);
        ReloadReport report = reloaded();
        tenure = tenure.after(report, asker, clock.instant());
        tell(report);
        if (report instanceof ReloadReport.InService) {
            chronicle.note(proxy.generation().settings(), "reload, asked for by " + asker);
        }
        return report;
    }

    private ReloadReport reloaded() {
        return switch (Generation.load(sources, lasting, clock.instant())) {
            case Generation.Load.Bad(List<Problem> problems) -> new ReloadReport.Wrong(problems);
            case Generation.Load.Unfit(String sentence) -> new ReloadReport.Failed("plane-proxy: " + sentence);
            case Generation.Load.Good(Generation next) -> serve(next);
        };
    }

    private ReloadReport serve(Generation next) {
        try {
            proxy.replace(next, inherited.sockets());
        } catch (ListenFailure failure) {
            return new ReloadReport.Failed(inherited.explained(failure).sentence());
        }
        Logs.level(next.settings().logLevel());
        witnesses.accessLog().use(next.settings().accessLog());
        List<String> warnings =
                new ArrayList<>(next.hints().stream().map(Problem::text).toList());
        warnings.addAll(inherited.mismatches(next));
        warnings.addAll(WaitsForRestart.between(started, next.settings()));
        return new ReloadReport.InService(warnings, listening());
    }

    private void tell(ReloadReport report) {
        switch (report) {
            case ReloadReport.InService(List<String> warnings, List<String> listening) -> {
                witnesses.metrics().reloaded(ReloadResult.APPLIED);
                warnings.forEach(warning -> LOG.warn("{}", warning));
                listening.forEach(line -> LOG.info("{}", line));
                LOG.info("reloaded; the new configuration is in service");
                supervisor.serving(String.join("; ", listening));
            }
            case ReloadReport.Wrong(List<Problem> problems) -> {
                witnesses.metrics().reloaded(ReloadResult.REFUSED);
                problems.forEach(problem -> LOG.warn("{}", problem.text()));
                LOG.warn("not reloaded: {} in the configuration; the one before stays in service", count(problems));
                supervisor.serving("not reloaded, " + count(problems) + "; " + String.join("; ", listening()));
            }
            case ReloadReport.Failed(String sentence) -> {
                witnesses.metrics().reloaded(ReloadResult.REFUSED);
                LOG.warn("{}", sentence);
                LOG.warn("not reloaded; the configuration before stays in service");
                supervisor.serving("not reloaded; " + String.join("; ", listening()));
            }
        }
    }

    private static String count(List<Problem> problems) {
        return problems.size() == 1 ? "1 problem" : problems.size() + " problems";
    }

    private List<String> listening() {
        return proxy.listening().stream().map(Proxy.Listening::described).toList();
    }

    /** How long the configuration has been in service. */
    Tenure tenure() {
        return tenure;
    }

    /** Held by whoever needs the listeners to stay as they are for a moment. */
    Semaphore turn() {
        return turn;
    }

    /** Nothing is reloaded from here on; waits for a reload that is under way. */
    void end() {
        turn.acquireUninterruptibly();
        ended = true;
        turn.release();
    }
}
