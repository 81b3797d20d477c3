package io.planeproxy.server;

import io.planeproxy.core.engine.InheritedSockets;
import io.planeproxy.server.accesslog.AccessLog;
import io.planeproxy.server.cli.DemoOptions;
import io.planeproxy.server.cli.ExitCode;
import io.planeproxy.server.cli.Program;
import io.planeproxy.server.doctor.Doctor;
import io.planeproxy.server.doctor.Finding;
import io.planeproxy.server.doctor.Machine;
import io.planeproxy.server.doctor.Order;
import io.planeproxy.server.health.Health;
import io.planeproxy.server.settings.AccessLogFormat;
import io.planeproxy.server.settings.Problem;
import io.planeproxy.server.settings.Settings;
import io.planeproxy.server.systemd.HandedSockets;
import io.planeproxy.server.systemd.Supervisor;
import io.planeproxy.server.systemd.Watchdog;
import io.planeproxy.tls.TlsProvider;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.Security;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The commands, done by the real engine. */
final class ServerProgram implements Program {
    private static final Logger LOG = LoggerFactory.getLogger("plane-proxy");

    private final PrintWriter out;
    private final PrintWriter err;
    private final InstantSource clock;
    private final Map<String, String> environment;
    private final Termination termination;

    /** @param environment for what systemd says in it */
    ServerProgram(
            PrintWriter out,
            PrintWriter err,
            InstantSource clock,
            Map<String, String> environment,
            Termination termination) {
        this.termination = termination;
        this.environment = Map.copyOf(environment);
        this.out = out;
        this.err = err;
        this.clock = clock;
    }

    @Override
    public void starting() {
        termination.expect();
    }

    @Override
    public List<Problem> inspect(Settings settings) {
        return switch (Certificates.load(settings, clock.instant())) {
            case Certificates.Load.Good(Certificates certificates) -> {
                certificates.hints().forEach(hint -> LOG.warn("{}", hint.text()));
                yield List.of();
            }
            case Certificates.Load.Bad(List<Problem> problems) -> problems;
        };
    }

    @Override
    public int run(Settings settings) {
        forgetNamesSoon();
        return switch (Certificates.load(settings, clock.instant())) {
            case Certificates.Load.Good(Certificates certificates) -> assembleAndServe(settings, certificates);
            case Certificates.Load.Bad(List<Problem> problems) -> {
                problems.forEach(problem -> err.println(problem.text()));
                yield ExitCode.WRONG_CONFIGURATION;
            }
        };
    }

    private int assembleAndServe(Settings settings, Certificates certificates) {
        Assembly assembly;
        try {
            assembly = Assembly.of(settings, certificates);
        } catch (IllegalStateException unfit) {
            LOG.debug("not assembled", unfit);
            err.println("plane-proxy: " + unfit.getMessage());
            return ExitCode.FAILED;
        }
        return serve(assembly, settings);
    }

    private int serve(Assembly assembly, Settings settings) {
        try {
            if (assembly.speaksTls()) {
                tellOfTls();
            }
            Duration shutdown = settings.timeouts().shutdown();
            long pid = ProcessHandle.current().pid();
            Supervisor supervisor = Supervisor.of(environment);
            HandedSockets handed = HandedSockets.of(environment, pid);
            tellOf(handed, assembly);
            InheritedSockets inherited = handed.inherited();
            Proxy proxy = Proxy.start(assembly, new AccessLog(settings.accessLog(), clock), inherited);
            inherited.closeUnused();
            List<String> listening =
                    proxy.listening().stream().map(Proxy.Listening::described).toList();
            listening.forEach(line -> LOG.info("{}", line));
            supervisor.serving(String.join("; ", listening));
            Watchdog.start(environment, pid, proxy::pulse, supervisor);
            return termination.await(() -> {
                supervisor.ending(shutdown, "told to end: waiting for what runs");
                return end(proxy, shutdown);
            });
        } catch (ListenFailure failure) {
            err.println(failure.sentence());
            return ExitCode.FAILED;
        }
    }

    @Override
    public int health(Settings settings) {
        Health health = Health.of(settings);
        health.answers().forEach(out::println);
        health.faults().forEach(fault -> err.println("plane-proxy: " + fault));
        return health.faults().isEmpty() ? ExitCode.GOOD : ExitCode.FAILED;
    }

    @Override
    public void examine(Order order, Consumer<Finding> told) {
        forgetNamesSoon();
        Doctor doctor = new Doctor(new Machine(Path.of("/"), environment), Certificates::read, clock);
        try {
            doctor.examine(order, told);
        } catch (InterruptedException toldToEnd) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public int demo(DemoOptions options) {
        forgetNamesSoon();
        try {
            Demo demo = Demo.start(options, new AccessLog(new AccessLogFormat.Plain(), clock), clock.instant());
            demo.explanation().forEach(out::println);
            out.flush();
            return termination.await(() -> {
                demo.close();
                Logs.finish();
                return ExitCode.GOOD;
            });
        } catch (Demo.CannotStart failure) {
            err.println(failure.sentence());
            return ExitCode.FAILED;
        }
    }

    private static int end(Proxy proxy, Duration deadline) {
        LOG.info("told to end: accepting nothing more, waiting up to {} s for what runs", deadline.toSeconds());
        if (proxy.shutDown(deadline)) {
            LOG.info("ended; everything that ran was finished");
        } else {
            LOG.warn(
                    "ended with something still running after {} s; raise timeouts.shutdown if that is too short",
                    deadline.toSeconds());
        }
        Logs.finish();
        return ExitCode.GOOD;
    }

    /** Containers get another address with each start, so that a name must be looked up again for new connections. */
    private static void forgetNamesSoon() {
        Security.setProperty("networkaddress.cache.ttl", "2");
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
    }

    private static void tellOf(HandedSockets handed, Assembly assembly) {
        handed.description().ifPresent(line -> LOG.info("{}", line));
        handed.oddities(assembly.addresses()).forEach(line -> LOG.warn("{}", line));
    }

    private static void tellOfTls() {
        TlsProvider.whyNotOpenSsl()
                .ifPresentOrElse(
                        why -> LOG.warn("TLS by the JDK, which is slower: OpenSSL could not be loaded ({})", why),
                        () -> LOG.info("TLS by BoringSSL"));
    }
}
