package io.planeproxy.server;

import io.planeproxy.server.admin.AdminEndpoint;
import io.planeproxy.server.admin.AdminPage;
import io.planeproxy.server.admin.AdminPages;
import io.planeproxy.server.cli.ExitCode;
import io.planeproxy.server.cli.Version;
import io.planeproxy.server.metrics.MetricsPage;
import io.planeproxy.server.pages.ConfigPage;
import io.planeproxy.server.pages.HandOverPage;
import io.planeproxy.server.pages.HealthPage;
import io.planeproxy.server.pages.ListenersPage;
import io.planeproxy.server.pages.ReadyPage;
import io.planeproxy.server.pages.ReloadPage;
import io.planeproxy.server.pages.RetirePage;
import io.planeproxy.server.pages.ScrapePage;
import io.planeproxy.server.pages.SelfTestPage;
import io.planeproxy.server.pages.SocketsPage;
import io.planeproxy.server.pages.StatusPage;
import io.planeproxy.server.pages.TraceEndPage;
import io.planeproxy.server.pages.TraceLendPage;
import io.planeproxy.server.pages.TraceNotedPage;
import io.planeproxy.server.pages.TracePaths;
import io.planeproxy.server.settings.AdminSettings;
import io.planeproxy.server.settings.Sources;
import io.planeproxy.server.systemd.Supervisor;
import io.planeproxy.server.systemd.Watchdog;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What belongs to a proxy that serves, from its start to its end: whatever watches over it, and whatever it takes orders from. */
final class Lifecycle {
    private static final Logger LOG = LoggerFactory.getLogger("plane-proxy");

    private final Proxy proxy;
    private final Reloader reloader;
    private final CertificateWatch watch;
    private final AdminEndpoint admin;
    private final Supervisor supervisor;
    private volatile boolean ending;

    /** The world around the program. */
    record Surroundings(Map<String, String> environment, InstantSource clock, Runnable end) {}

    private Lifecycle(
            Proxy proxy,
            Witnesses witnesses,
            Reloader reloader,
            TracePaths lent,
            Supervisor supervisor,
            Surroundings around) {
        this.proxy = proxy;
        this.reloader = reloader;
        this.supervisor = supervisor;
        this.watch = new CertificateWatch(proxy::generation, around.clock());
        this.admin = AdminEndpoint.of(new AdminPages(pages(witnesses, lent, around)));
    }

    private List<AdminPage> pages(Witnesses witnesses, TracePaths lent, Surroundings around) {
        StatusReader status = new StatusReader(proxy, witnesses, reloader::tenure, Version.number(), around.clock());
        return List.of(
                new StatusPage(status::read),
                new HealthPage(),
                new ReadyPage(() -> !ending),
                new ConfigPage(() -> proxy.generation().settings()),
                new ScrapePage(new MetricsPage(witnesses.metrics())),
                new SocketsPage(status::read),
                new SelfTestPage(witnesses.recent()::selfTest),
                new ReloadPage(reloader::reload),
                new ListenersPage(this::listening, proxy::descriptors),
                new HandOverPage(proxy::descriptors, reloader.turn()),
                new TraceLendPage(lent),
                new TraceNotedPage(lent),
                new TraceEndPage(lent),
                new RetirePage(this::makeWay, around.end()));
    }

    /**
     * Serves a configuration. What came in is closed where that fails.
     *
     * @param sources what it was read from, and is read from again
     * @throws CannotStart with a sentence for the operator
     */
    static Lifecycle start(
            Sources sources,
            Generation first,
            Lasting lasting,
            Witnesses witnesses,
            Takeover takeover,
            Surroundings around)
            throws CannotStart {
        Supervisor supervisor = Supervisor.of(around.environment());
        Inherited inherited = Inherited.of(takeover, around.environment());
        inherited.mismatches(first).forEach(line -> LOG.warn("{}", line));
        try {
            Proxy proxy = Proxy.start(first, lasting, witnesses.journal(), inherited.sockets());
            witnesses.watch(proxy);
            Chronicle chronicle = new Chronicle(sources, around.environment(), around.clock());
            Reloader reloader =
                    new Reloader(sources, proxy, lasting, inherited, witnesses, supervisor, around.clock(), chronicle);
            LentPaths lent = new LentPaths(lasting.traces());
            Lifecycle lifecycle = new Lifecycle(proxy, witnesses, reloader, lent, supervisor, around);
            chronicle.note(first.settings(), "start");
            lifecycle.begin(takeover, around);
            return lifecycle;
        } catch (ListenFailure failure) {
            throw new CannotStart(inherited.explained(failure).sentence(), failure);
        }
    }

    private void begin(Takeover takeover, Surroundings around) throws CannotStart {
        Hangup.each(() -> reloader.reload("SIGHUP"));
        listening().forEach(line -> LOG.info("{}", line));
        try {
            takeOrders(takeover, around);
        } catch (CannotStart failure) {
            end();
            throw failure;
        }
        watch.start(CertificateWatch.PERIOD);
        supervisor.serving(String.join("; ", listening()));
        Watchdog.start(around.environment(), ProcessHandle.current().pid(), proxy::pulse, supervisor);
    }

    private void takeOrders(Takeover takeover, Surroundings around) throws CannotStart {
        AdminSettings settings = proxy.generation().settings().admin();
        takeover.complete();
        try {
            AdminDoors.open(admin, settings, around.environment());
        } catch (CannotStart failure) {
            switch (takeover) {
                case Takeover.FromNobody() -> throw failure;
                // The one before is on its way out: to serve without orders is better than not to serve.
                case Takeover.From _ -> LOG.error("{}; orders are not taken until the next start", failure.sentence());
            }
        }
    }

    private List<String> listening() {
        return proxy.listening().stream().map(Proxy.Listening::described).toList();
    }

    /** Another process serves from now on. */
    private void makeWay(String successor) {
        LOG.info("{} takes over the listeners", successor);
        ending = true;
        reloader.end();
        admin.giveUp();
        proxy.stopAccepting();
    }

    /** Accepts nothing more, waits for what runs, and ends. @return the exit code */
    int end() {
        ending = true;
        reloader.end();
        admin.giveUp();
        watch.close();
        Duration deadline = proxy.generation().settings().timeouts().shutdown();
        supervisor.ending(deadline, "told to end: waiting for what runs");
        LOG.info("told to end: accepting nothing more, waiting up to {} s for what runs", deadline.toSeconds());
        if (proxy.shutDown(deadline)) {
            LOG.info("ended; everything that ran was finished");
        } else {
            LOG.warn(
                    "ended with something still running after {} s; raise timeouts.shutdown if that is too short",
                    deadline.toSeconds());
        }
        admin.close();
        return ExitCode.GOOD;
    }
}
