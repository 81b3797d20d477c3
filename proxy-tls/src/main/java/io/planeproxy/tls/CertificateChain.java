package io.planeproxy.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Puts what stands in a certificate's file into the order that TLS wants: each signed by the next (RFC 8446, 4.4.2). */
final class CertificateChain {
    private static final String AUTHORITY_INFORMATION_ACCESS = "1.3.6.1.5.5.7.1.1";

    private final PemFiles files;
    private final List<X509Certificate> found;
    private final PrivateKey key;

    private CertificateChain(PemFiles files, List<X509Certificate> found, PrivateKey key) {
        this.files = files;
        this.found = found;
        this.key = key;
    }

    /** The chain for {@code key}; what stands in the file and does not belong to it is left out, with a hint. */
    static Loaded<List<X509Certificate>> ordered(PemFiles files, List<X509Certificate> found, PrivateKey key) {
        return new CertificateChain(files, found, key).ordered();
    }

    static boolean isSelfSigned(X509Certificate certificate) {
        return isIssuedBy(certificate, certificate);
    }

    private Loaded<List<X509Certificate>> ordered() {
        var leaf = found.stream()
                .filter(candidate -> KeyPairProof.isPair(key, candidate))
                .findFirst();
        if (leaf.isEmpty()) {
            return new Loaded.Rejected<>(PemProblem.ofKey(files.key(), foreignKey()));
        }
        var chain = from(leaf.get());
        var inFile = found.stream().distinct().filter(chain::contains).toList();
        if (!found.getFirst().equals(leaf.get()) || !inFile.equals(chain)) {
            return rejected(outOfOrder(chain));
        }
        return new Loaded.Ready<>(chain, hints(chain));
    }

    private List<X509Certificate> from(X509Certificate leaf) {
        var chain = new ArrayList<>(List.of(leaf));
        for (var next = issuer(leaf, chain); next.isPresent(); next = issuer(next.get(), chain)) {
            chain.add(next.get());
        }
        return chain;
    }

    private Optional<X509Certificate> issuer(X509Certificate of, List<X509Certificate> taken) {
        return found.stream()
                .filter(candidate -> !taken.contains(candidate) && isIssuedBy(of, candidate))
                .findFirst();
    }

    private static boolean isIssuedBy(X509Certificate certificate, X509Certificate issuer) {
        if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            return false;
        }
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException notByThisKey) {
            return false;
        }
    }

    private String foreignKey() {
        var first = found.getFirst();
        // A certificate that signs itself is often marked as an authority and serves nevertheless.
        var authority = isSelfSigned(first)
                ? ""
                : first.getBasicConstraints() >= 0 && found.size() == 1
                        ? " That is the certificate of an authority (CA:TRUE), not of a server: is "
                                + files.certificate() + " the right file?"
                        : first.getBasicConstraints() >= 0
                                ? " The first there is the certificate of an authority (CA:TRUE): the server's own must come first."
                                : "";
        return "is the key of another certificate: it fits none of the " + found.size() + " in " + files.certificate()
                + " ("
                + found.stream().map(CertificateChain::subject).collect(Collectors.joining("; ")) + ")." + authority
                + " Compare the two: openssl x509 -noout -pubkey -in " + files.certificate()
                + " and openssl pkey -pubout -in " + files.key() + " must print the same.";
    }

    private String outOfOrder(List<X509Certificate> chain) {
        var authorityFirst =
                found.getFirst().getBasicConstraints() >= 0 && !chain.getFirst().equals(found.getFirst())
                        ? " The certificate of an authority stands first."
                        : "";
        return "the chain is out of order." + authorityFirst + " Expected the server's certificate and then each one's"
                + " issuer: "
                + IntStream.range(0, chain.size())
                        .mapToObj(i -> (i + 1) + ". " + subject(chain.get(i)) + " (stands at place "
                                + (found.indexOf(chain.get(i)) + 1) + ")")
                        .collect(Collectors.joining(", "))
                + ". Put them into this order.";
    }

    private List<PemProblem> hints(List<X509Certificate> chain) {
        var hints = new ArrayList<PemProblem>();
        if (found.size() > chain.size()) {
            var rest = found.stream()
                    .filter(one -> !chain.contains(one))
                    .map(CertificateChain::subject)
                    .toList();
            hints.add(hint(
                    rest.isEmpty()
                            ? "a certificate stands there twice. It is sent once."
                            : "does not belong to the chain and is not sent: " + String.join("; ", rest) + "."));
        }
        // The signature last: to check one costs a JVM that has just started a twentieth of a second.
        if (chain.size() == 1
                && chain.getFirst().getExtensionValue(AUTHORITY_INFORMATION_ACCESS) != null
                && !isSelfSigned(chain.getFirst())) {
            hints.add(hint("holds the server's certificate without its intermediate ("
                    + chain.getFirst().getIssuerX500Principal().getName()
                    + "); clients other than browsers will refuse it. Use the full chain, often fullchain.pem."));
        }
        return hints;
    }

    static String subject(X509Certificate certificate) {
        var name = certificate.getSubjectX500Principal().getName();
        return name.isEmpty() ? "serial " + certificate.getSerialNumber().toString(16) : name;
    }

    private PemProblem hint(String message) {
        return PemProblem.ofCertificate(files.certificate(), message);
    }

    private Loaded<List<X509Certificate>> rejected(String message) {
        return new Loaded.Rejected<>(PemProblem.ofCertificate(files.certificate(), message));
    }
}
