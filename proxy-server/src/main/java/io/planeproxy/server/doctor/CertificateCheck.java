package io.planeproxy.server.doctor;

import io.planeproxy.server.settings.IdentitySettings;
import io.planeproxy.server.settings.Problem;
import io.planeproxy.tls.CertificateNames;
import io.planeproxy.tls.ServerIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads each certificate with its key as the start does: the pair, the chain, the names, the days left. */
final class CertificateCheck implements Check {
    /** certbot renews 30 days before the end; where that did not happen, there is time left to see why. */
    private static final Duration SOON = Duration.ofDays(21);

    @Override
    public String name() {
        return "certificate";
    }

    @Override
    public List<Result> look(Patient patient) {
        List<IdentitySettings> all = patient.secureListeners().stream()
                .flatMap(listener -> Identities.of(listener.tls()))
                .toList();
        if (all.isEmpty()) {
            return List.of(Result.skipped("", "no listener has tls"));
        }
        Instant now = patient.clock().instant();
        List<Result> results = new ArrayList<>();
        List<CertificateNames> names = new ArrayList<>();
        for (IdentitySettings identity : all) {
            String subject = identity.certificate().value().toString();
            switch (patient.certificates().read(identity, now)) {
                case CertificateReader.Read.Proven(ServerIdentity proven, List<Problem> hints) -> {
                    names.add(proven.names());
                    results.add(days(subject, proven, now));
                    hints.forEach(hint -> results.add(Result.warning(
                            subject + ", its content",
                            hint.seen(),
                            "make the file as it says there; certbot's own with all that belongs in it is"
                                    + " fullchain.pem")));
                }
                case CertificateReader.Read.Faulty(List<Problem> problems) ->
                    problems.forEach(problem -> results.add(faulty(problem)));
            }
        }
        patient.address().ifPresent(address -> results.add(named(address, names)));
        return results;
    }

    private static Result days(String subject, ServerIdentity identity, Instant now) {
        Duration left = Duration.between(now, identity.notAfter());
        String seen = identity.names() + ", " + left.toDays() + " days left, until " + identity.notAfter();
        return left.compareTo(SOON) < 0
                ? Result.warning(
                        subject, seen, "renew it; look why that did not happen by itself: certbot renew --dry-run")
                : Result.ok(subject, "pair and chain are right: " + seen);
    }

    /** The sentence of a PEM problem ends with what to do. */
    private static Result faulty(Problem problem) {
        return Result.failed(
                problem.where().text() + ": " + problem.key(),
                problem.seen(),
                problem.advice().isEmpty() ? "as it says there; then: plane-proxy check" : problem.advice());
    }

    private static Result named(PublicAddress address, List<CertificateNames> names) {
        String host = address.host();
        boolean isNamed = names.stream().anyMatch(each -> each.accept(host.replaceAll("[\\[\\]]", "")));
        if (isNamed) {
            return Result.ok(host, "a certificate is for this name");
        }
        return names.isEmpty()
                ? Result.skipped(host, "no certificate could be read")
                : Result.failed(
                        host,
                        "no certificate is for this name; they are for " + names,
                        "get a certificate for " + host + ", or name the address that browsers use with --url");
    }
}
