package io.planeproxy.tls;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Whether every certificate that is sent is valid at a moment. A root at the end is not looked at: no client does. */
final class Validity {
    private Validity() {}

    static List<PemProblem> problems(Path path, List<X509Certificate> chain, Instant now) {
        var problems = new ArrayList<PemProblem>();
        for (var certificate : chain) {
            var from = certificate.getNotBefore().toInstant();
            var until = certificate.getNotAfter().toInstant();
            var isRoot = certificate != chain.getFirst() && CertificateChain.isSelfSigned(certificate);
            if (!isRoot && now.isAfter(until)) {
                problems.add(PemProblem.ofCertificate(
                        path,
                        which(certificate, chain) + " expired on " + until + ", "
                                + Duration.between(until, now).toDays() + " days ago. Renew it (certbot renew, or as"
                                + " your authority says) and see that the new file is the one named here."));
            }
            if (!isRoot && now.isBefore(from)) {
                problems.add(PemProblem.ofCertificate(
                        path,
                        which(certificate, chain) + " is not valid before " + from + ", and the clock of this machine"
                                + " says " + now + ". Check the clock (timedatectl), or wait."));
            }
        }
        return problems;
    }

    private static String which(X509Certificate certificate, List<X509Certificate> chain) {
        var role = certificate == chain.getFirst() ? "the certificate " : "the intermediate certificate ";
        return role + CertificateChain.subject(certificate);
    }
}
