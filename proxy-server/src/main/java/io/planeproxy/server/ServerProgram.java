package io.planeproxy.server;

import io.netty.util.ResourceLeakDetector;
import io.planeproxy.server.accesslog.AccessLog;
import io.planeproxy.server.admin.AdminSocketPath;
import io.planeproxy.server.cli.DemoOptions;
import io.planeproxy.server.cli.ExitCode;
import io.planeproxy.server.cli.Program;
import io.planeproxy.server.cli.ReloadOrder;
import io.planeproxy.server.cli.RollbackOrder;
import io.planeproxy.server.cli.RunOrder;
import io.planeproxy.server.cli.Version;
import io.planeproxy.server.doctor.Doctor;
import io.planeproxy.server.doctor.Finding;
import io.planeproxy.server.doctor.Machine;
import io.planeproxy.server.doctor.Order;
import io.planeproxy.server.health.Health;
import io.planeproxy.server.history.HistoryFolder;
import io.planeproxy.server.settings.AccessLogFormat;
import io.planeproxy.server.settings.Problem;
import io.planeproxy.server.settings.Read;
import io.planeproxy.server.settings.Settings;
import io.planeproxy.server.settings.Sources;
import io.planeproxy.tls.TlsProvider;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.Security;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The commands, done by the real engine. */
final class ServerProgram implements Program {
    private static final Logger LOG = LoggerFactory.getLogger("plane-proxy");

    /** Netty's properties that say how much is watched, the older one too. */
    private static final List<String> LEAK_DETECTION =
            List.of("io.netty.leakDetection.level", "io.netty.leakDetectionLevel");

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
    public Read read(Sources sources) {
        return WholeConfiguration.read(sources, clock.instant());
    }

    @Override
    public List<Problem> inspect(Settings settings) {
        return switch (Certificates.load(settings, clock.instant())) {
            case Certificates.Load.Good(Certificates certificates) -> {
                warnOf(certificates.hints());
                yield List.of();
            }
            case Certificates.Load.Bad(List<Problem> problems) -> problems;
        };
    }

    private static void warnOf(List<Problem> hints) {
        hints.forEach(hint -> LOG.warn("{}", hint.text()));
    }

    @Override
    public int run(RunOrder order) {
        forgetNamesSoon();
        watchNoBuffers();
        Lasting lasting = new Lasting();
        return switch (Generation.of(order.settings(), lasting, clock.instant())) {
            case Generation.Load.Good(Generation first) -> {
                warnOf(first.hints());
                yield serve(order, first, lasting);
            }
            case Generation.Load.Bad(List<Problem> problems) -> {
                problems.forEach(problem -> err.println(problem.text()));
                yield ExitCode.WRONG_CONFIGURATION;
            }
            case Generation.Load.Unfit(String sentence) -> {
                err.println("plane-proxy: " + sentence);
                yield ExitCode.FAILED;
            }
        };
    }

    private int serve(RunOrder order, Generation first, Lasting lasting) {
        Logs.level(order.settings().logLevel());
        if (first.assembly().speaksTls()) {
            tellOfTls();
        }
        try {
            Takeover takeover = switch (order.replacing()) {
                case NOBODY -> new Takeover.FromNobody();
                case THE_RUNNING_ONE -> Takeover.at(order.settings().admin().socket(), environment);
            };
            Lifecycle.Surroundings around = new Lifecycle.Surroundings(environment, clock, termination::now);
            Lifecycle lifecycle = Lifecycle.start(
                    order.sources(),
                    first,
                    lasting,
                    Witnesses.of(order.settings().accessLog(), Version.number(), clock),
                    takeover,
                    around);
            return termination.await(() -> {
                int code = lifecycle.end();
                Logs.finish();
                return code;
            });
        } catch (CannotStart failure) {
            return failed(failure);
        }
    }

    @Override
    public int reload(ReloadOrder order) {
        return new ReloadCommand(out, err).execute(sockets(order));
    }

    private List<Path> sockets(ReloadOrder order) {
        return AdminSocketPath.toAsk(order.admin(), order.said(), environment);
    }

    @Override
    public int rollback(RollbackOrder order) {
        return new RollbackCommand(out, err, environment, this::inspect)
                .execute(order.number(), HistoryFolder.toRead(order.folder(), environment), sockets(order.proxy()));
    }

    private List<Problem> inspect(Sources sources) {
        return switch (read(sources)) {
            case Read.Good(Settings settings) -> inspect(settings);
            case Read.Bad(List<Problem> problems) -> problems;
        };
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
        Doctor doctor = new Doctor(new Machine(Path.of("/"), environment), Certificates::lookAt, clock);
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
        } catch (CannotStart failure) {
            return failed(failure);
        }
    }

    /** Why it could not start is the last that an operator reads, below whatever was logged on the way. */
    private int failed(CannotStart failure) {
        Logs.finish();
        err.println(failure.sentence());
        return ExitCode.FAILED;
    }

    /** Containers get another address with each start, so that a name must be looked up again for new connections. */
    private static void forgetNamesSoon() {
        Security.setProperty("networkaddress.cache.ttl", "2");
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
    }

    /** Netty would take a stack trace for every 128th buffer, a twentieth of all time; the tests do so for each, and find none lost. */
    private static void watchNoBuffers() {
        if (LEAK_DETECTION.stream().allMatch(key -> System.getProperty(key) == null)) {
            ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        }
    }

    private static void tellOfTls() {
        TlsProvider.whyNotOpenSsl()
                .ifPresentOrElse(
                        why -> LOG.warn("TLS by the JDK, which is slower: OpenSSL could not be loaded ({})", why),
                        () -> LOG.info("TLS by BoringSSL"));
    }
}
