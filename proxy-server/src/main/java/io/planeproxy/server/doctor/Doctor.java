package io.planeproxy.server.doctor;

import io.planeproxy.server.settings.ListenerSettings;
import io.planeproxy.server.settings.Read;
import io.planeproxy.server.settings.Settings;
import io.planeproxy.server.settings.SettingsReader;
import io.planeproxy.tls.ServerIdentity;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Runs every check at the same time, each within its own limit, and tells what they found in a fixed order. */
public final class Doctor {
    /** From the configuration outwards; who reads from the top finds the reason before what follows from it. */
    private static final List<Check> CHECKS = List.of(
            new PortsCheck(),
            new PrivilegedPortsCheck(),
            new CertificateFilesCheck(),
            new CertificateCheck(),
            new ServedCertificateCheck(),
            new UpstreamAddressCheck(),
            new UpstreamProtocolCheck(),
            new ContainerCheck(),
            new LiveHealthCheck(),
            new WebSocketCheck(),
            new TraceCheck(),
            new IdleCheck(),
            new TrustedProxiesCheck(),
            new BodyLimitCheck(),
            new RedirectCheck(),
            new ClockCheck(),
            new OpenFilesCheck(),
            new PlaneEnvironmentCheck());

    private final Machine machine;
    private final CertificateReader certificates;
    private final InstantSource clock;

    public Doctor(Machine machine, CertificateReader certificates, InstantSource clock) {
        this.machine = machine;
        this.certificates = certificates;
        this.clock = clock;
    }

    /** What the checks are called, in the order of their findings. */
    public static List<String> checks() {
        return Stream.concat(Stream.of(ConfigurationCheck.NAME), CHECKS.stream().map(Check::name))
                .toList();
    }

    /** @param told each finding as soon as it and all before it are there */
    public void examine(Order order, Consumer<Finding> told) throws InterruptedException {
        Read read = SettingsReader.read(order.sources());
        ConfigurationCheck.of(read).forEach(result -> told.accept(new Finding(ConfigurationCheck.NAME, result)));
        switch (read) {
            case Read.Good(Settings settings) -> examine(patient(order, settings, told), told);
            case Read.Bad _ ->
                asked(order)
                        .forEach(check -> told.accept(new Finding(
                                check.name(),
                                Result.skipped("", "the configuration has problems; correct them first"))));
        }
    }

    private Patient patient(Order order, Settings settings, Consumer<Finding> told) {
        Optional<PlaneEnvironment> plane = order.planeEnvironment().flatMap(file -> {
            try {
                return Optional.of(PlaneEnvironment.read(file));
            } catch (IOException unreadable) {
                told.accept(new Finding(
                        "plane-environment",
                        Result.failed(
                                file.toString(),
                                "cannot be read: " + unreadable.getMessage(),
                                "check the path, and that this user may read it")));
                return Optional.empty();
            }
        });
        Optional<PublicAddress> address = order.address()
                .or(() -> plane.flatMap(found -> found.value("WEB_URL")).flatMap(PublicAddress::parse))
                .or(() -> ofCertificate(settings));
        return new Patient(order, settings, machine, certificates, address, plane, clock);
    }

    /** The first name of the first certificate, at the port of its listener. */
    private Optional<PublicAddress> ofCertificate(Settings settings) {
        return settings.listeners().stream()
                .filter(ListenerSettings.Secure.class::isInstance)
                .map(ListenerSettings.Secure.class::cast)
                .findFirst()
                .flatMap(listener -> switch (certificates.read(listener.tls().standard(), clock.instant())) {
                    case CertificateReader.Read.Proven(ServerIdentity identity, var _) ->
                        identity.names().dns().stream()
                                .filter(name -> !name.startsWith("*"))
                                .findFirst()
                                .flatMap(name -> PublicAddress.parse("https://" + name + ":"
                                        + listener.address().value().port()));
                    case CertificateReader.Read.Faulty _ -> Optional.empty();
                });
    }

    private static List<Check> asked(Order order) {
        return CHECKS.stream().filter(check -> order.asksFor(check.name())).toList();
    }

    private static void examine(Patient patient, Consumer<Finding> told) throws InterruptedException {
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            long begin = System.nanoTime();
            List<Future<List<Result>>> looks = new ArrayList<>();
            List<Check> checks = asked(patient.order());
            checks.forEach(check -> looks.add(threads.submit(() -> check.look(patient))));
            for (int i = 0; i < checks.size(); i++) {
                Check check = checks.get(i);
                Duration left = check.limit(patient).minusNanos(System.nanoTime() - begin);
                results(check, looks.get(i), left, patient)
                        .forEach(result -> told.accept(new Finding(check.name(), result)));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<Result> results(Check check, Future<List<Result>> look, Duration left, Patient patient)
            throws InterruptedException {
        try {
            return look.get(Math.max(0, left.toNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException tooLong) {
            look.cancel(true);
            return List.of(Result.failed(
                    "",
                    "did not come to its end within " + check.limit(patient).toSeconds() + " s",
                    "somebody who is asked does not answer: look at the findings beside this one"));
        } catch (ExecutionException fault) {
            return List.of(failed(fault.getCause() instanceof IOException known ? known : fault));
        }
    }

    private static Result failed(Exception fault) {
        return fault instanceof IOException
                ? Result.failed("", "could not be looked at: " + fault.getMessage(), "see whether this user may do so")
                : Result.failed(
                        "", "could not be looked at because of a fault of this program: " + fault, "please report it");
    }
}
