package io.planeproxy.server.doctor;

import io.planeproxy.server.doctor.CertificateReader.Read;
import io.planeproxy.server.probe.BrowserTrust;
import io.planeproxy.server.probe.Line;
import io.planeproxy.server.probe.Way;
import io.planeproxy.server.settings.ListenerSettings;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which certificate clients are really shown: the one in the file, an older one, or that of somebody in front. */
final class ServedCertificateCheck implements Check {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @Override
    public String name() {
        return "certificate-served";
    }

    @Override
    public List<Result> look(Patient patient) {
        List<X509Certificate> files = patient.secureListeners().stream()
                .flatMap(listener -> Identities.of(listener.tls()))
                .map(identity ->
                        patient.certificates().read(identity, patient.clock().instant()))
                .filter(Read.Proven.class::isInstance)
                .map(read -> ((Read.Proven) read).identity().chain().getFirst())
                .toList();
        List<Result> results = new ArrayList<>();
        for (ListenerSettings.Secure listener : patient.secureListeners()) {
            String place = listener.address().value().toString();
            switch (Vantages.at(listener, patient)) {
                case Vantage.Closed(String _, String why) -> results.add(Result.skipped(place, why));
                case Vantage.Open(Way way) -> results.add(here(place, way, files));
            }
        }
        patient.address().ifPresent(address -> results.add(inPublic(patient, files)));
        return results.isEmpty() ? List.of(Result.skipped("", "no listener has tls")) : results;
    }

    private static Result here(String place, Way way, List<X509Certificate> files) {
        return shown(way)
                .map(chain -> files.contains(chain.getFirst())
                        ? Result.ok(place, "serves the certificate of the file: " + described(chain.getFirst()))
                        : Result.failed(
                                place,
                                "serves another certificate than the file holds: " + described(chain.getFirst()),
                                "let it be read: systemctl reload plane-proxy, or restart it",
                                files.stream()
                                        .map(file -> "in the file: " + described(file))
                                        .toArray(String[]::new)))
                .orElseGet(() -> Result.failed(
                        place, "no TLS handshake comes to its end there", "look into the log of plane-proxy"));
    }

    private static Result inPublic(Patient patient, List<X509Certificate> files) {
        return switch (Vantages.inPublic(patient)) {
            case Vantage.Closed(String words, String why) -> Result.skipped(words, why);
            case Vantage.Open(Way way) ->
                switch (way.security()) {
                    case PLAIN -> Result.skipped(way.words(), "browsers come by http");
                    case TLS ->
                        shown(way)
                                .map(chain -> trusted(way, chain, files))
                                .orElseGet(() -> Result.failed(
                                        way.words(),
                                        "no TLS handshake with " + way.address() + " comes to its end",
                                        "see whether https is served there at all"));
                };
        };
    }

    private static Result trusted(Way way, List<X509Certificate> chain, List<X509Certificate> files) {
        X509Certificate own = chain.getFirst();
        String whose = files.contains(own) ? "the one of this proxy: " : "of somebody in front of this proxy: ";
        Optional<String> distrust = BrowserTrust.whyNot(chain);
        return distrust.map(why -> Result.warning(
                        way.words(),
                        whose + described(own) + "; no authority that Java knows vouches for it: " + why,
                        "where browsers do not know the authority either, get a certificate from one that they know; and"
                                + " serve the whole chain"))
                .orElseGet(() -> Result.ok(way.words(), whose + described(own)));
    }

    private static Optional<List<X509Certificate>> shown(Way way) {
        try (Line line = Line.open(way, PATIENCE)) {
            return Optional.of(line.certificates()).filter(chain -> !chain.isEmpty());
        } catch (IOException noHandshake) {
            return Optional.empty();
        }
    }

    private static String described(X509Certificate certificate) {
        return certificate.getSubjectX500Principal() + ", until "
                + certificate.getNotAfter().toInstant() + ", serial "
                + certificate.getSerialNumber().toString(16);
    }
}
