package io.planeproxy.server;

import static java.util.Comparator.naturalOrder;

import io.planeproxy.server.metrics.CertificateFigure;
import io.planeproxy.server.settings.IdentitySettings;
import io.planeproxy.server.settings.Passphrase;
import io.planeproxy.server.settings.Problem;
import io.planeproxy.server.settings.Read;
import io.planeproxy.server.settings.Settings;
import io.planeproxy.server.settings.Sources;
import io.planeproxy.tls.ServerIdentity;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One loaded configuration with all that it owns. Whole and fit for service, or there is none. Closed by whoever puts it out of
 * service; connections that still need its TLS keep that for themselves.
 */
final class Generation implements AutoCloseable {
    private final Settings settings;
    private final Assembly assembly;
    private final Map<IdentitySettings, List<FileStamp>> files;
    private volatile Certificates certificates;

    private Generation(
            Settings settings,
            Assembly assembly,
            Map<IdentitySettings, List<FileStamp>> files,
            Certificates certificates) {
        this.settings = settings;
        this.assembly = assembly;
        this.files = Map.copyOf(files);
        this.certificates = certificates;
    }

    /** What loading came to. */
    sealed interface Load {
        record Good(Generation generation) implements Load {}

        /** @param problems at least one, each with its place in the configuration */
        record Bad(List<Problem> problems) implements Load {}

        /** @param sentence why this machine cannot serve it */
        record Unfit(String sentence) implements Load {}
    }

    /** Reads the configuration and all files that it names. Blocks on the disk. */
    static Load load(Sources sources, Lasting lasting, Instant now) {
        return switch (WholeConfiguration.read(sources, now)) {
            case Read.Good(Settings settings) -> of(settings, lasting, now);
            case Read.Bad(List<Problem> problems) -> new Load.Bad(problems);
        };
    }

    /** Reads all files that the settings name. Blocks on the disk. */
    static Load of(Settings settings, Lasting lasting, Instant now) {
        // Before they are read: what changes from here on is noticed.
        Map<IdentitySettings, List<FileStamp>> files = Certificates.identities(settings)
                .distinct()
                .collect(Collectors.toMap(which -> which, Generation::stamps));
        return switch (Certificates.load(settings, now)) {
            case Certificates.Load.Bad(List<Problem> problems) -> new Load.Bad(problems);
            case Certificates.Load.Good(Certificates certificates) -> {
                try {
                    Assembly assembly = Assembly.of(settings, certificates, lasting);
                    yield new Load.Good(new Generation(settings, assembly, files, certificates));
                } catch (IllegalStateException unfit) {
                    yield new Load.Unfit(String.valueOf(unfit.getMessage()));
                }
            }
        };
    }

    /** How the files of an identity look now. */
    static List<FileStamp> stamps(IdentitySettings which) {
        Stream<Path> passphrase = switch (which.passphrase()) {
            case Passphrase.InFile(var file) -> Stream.of(file.value());
            case Passphrase.None _, Passphrase.Given _ -> Stream.of();
        };
        return Stream.concat(Stream.of(which.certificate().value(), which.key().value()), passphrase)
                .map(FileStamp::of)
                .toList();
    }

    Settings settings() {
        return settings;
    }

    Assembly assembly() {
        return assembly;
    }

    /** Every identity that is served, with how its files looked when they were read. */
    Map<IdentitySettings, List<FileStamp>> files() {
        return files;
    }

    /** Those in service, one for the same names: the one that ends first. */
    List<CertificateFigure> certificates() {
        Map<String, Instant> ends = new TreeMap<>();
        certificates
                .identities()
                .forEach(identity -> ends.merge(
                        identity.names().toString(), identity.notAfter(), BinaryOperator.minBy(naturalOrder())));
        return ends.entrySet().stream()
                .map(entry -> new CertificateFigure(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Host names that a certificate in service is for, without wildcards. */
    List<String> certifiedNames() {
        return certificates.identities().stream()
                .flatMap(identity -> identity.names().dns().stream())
                .filter(name -> !name.startsWith("*"))
                .toList();
    }

    /** Whether browsers accept a certificate in service for that host. */
    boolean isCertifiedFor(String host) {
        return certificates.identities().stream()
                .anyMatch(identity -> identity.names().accept(host));
    }

    /** What works but is worth a look. */
    List<Problem> hints() {
        return certificates.hints();
    }

    /**
     * Serves another pair in the place of one, to everybody who comes from now on. One call at a time.
     *
     * @throws IllegalStateException when TLS cannot be set up with it; then the old one stays in service
     */
    void renew(IdentitySettings which, ServerIdentity renewed) {
        Certificates next = certificates.with(which, renewed);
        assembly.stores().forEach((tls, store) -> {
            if (tls.standard().equals(which) || tls.byName().contains(which)) {
                store.replace(next.of(tls));
            }
        });
        certificates = next;
    }

    @Override
    public void close() {
        assembly.close();
    }
}
