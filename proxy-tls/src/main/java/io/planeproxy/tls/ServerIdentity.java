package io.planeproxy.tls;

import io.planeproxy.tls.PemFile.Purpose;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * A certificate, its chain and its key, proven to be a pair, in order and valid at the time of loading. It can only be
 * had through {@link #load} and {@link SelfSigned}, so whoever holds one can serve TLS with it.
 */
public final class ServerIdentity {
    private static final int LEAST_RSA_BITS = 2048;

    private final PrivateKey key;
    private final List<X509Certificate> chain;
    private final CertificateNames names;

    private ServerIdentity(PrivateKey key, List<X509Certificate> chain) {
        this.key = key;
        this.chain = List.copyOf(chain);
        this.names = CertificateNames.of(chain.getFirst());
    }

    /**
     * Reads and proves a certificate and its key. Blocks on the disk.
     *
     * @param now the time at which the certificate must be valid
     */
    public static Loaded<ServerIdentity> load(PemFiles files, Instant now) {
        var certificateFile = PemFile.read(files.certificate(), Purpose.CERTIFICATE);
        var keyFile = PemFile.read(files.key(), Purpose.KEY);
        if (certificateFile instanceof Loaded.Ready<PemFile>(var first, var ignored)
                && keyFile instanceof Loaded.Ready<PemFile>(var second, var alsoIgnored)
                && areSwapped(first, second)) {
            return rejected(
                    files.certificate(),
                    "holds a private key, and " + files.key() + " a certificate: the two files were swapped."
                            + " Exchange the two settings.");
        }
        var certificates = certificateFile.then(CertificateFile::certificates);
        var key = keyFile.then(file -> PrivateKeyFile.key(file, files.passphrase()));
        if (certificates instanceof Loaded.Ready<List<X509Certificate>> && key instanceof Loaded.Ready<PrivateKey>) {
            return certificates.then(found -> key.then(secret -> proven(files, found, secret, now)));
        }
        return new Loaded.Rejected<>(onceForEachFile(Stream.concat(problems(certificates), problems(key))));
    }

    static Loaded<ServerIdentity> proven(PemFiles files, List<X509Certificate> found, PrivateKey key, Instant now) {
        return CertificateChain.ordered(files, found, key).then(chain -> {
            var expired = Validity.problems(files.certificate(), chain, now);
            return expired.isEmpty()
                    ? new Loaded.Ready<>(new ServerIdentity(key, chain), hints(files.certificate(), chain.getFirst()))
                    : new Loaded.Rejected<>(expired);
        });
    }

    private static boolean areSwapped(PemFile certificate, PemFile key) {
        return !PrivateKeyFile.blocks(certificate).isEmpty()
                && !Contents.has(certificate, "CERTIFICATE")
                && PrivateKeyFile.blocks(key).isEmpty()
                && Contents.has(key, "CERTIFICATE");
    }

    private static List<PemProblem> hints(Path path, X509Certificate leaf) {
        var hints = new ArrayList<PemProblem>();
        var names = CertificateNames.of(leaf);
        if (names.dns().isEmpty() && names.addresses().isEmpty()) {
            hints.add(PemProblem.ofCertificate(
                    path,
                    "names no host (no subjectAltName); clients will refuse it, whatever its common name says."
                            + " Ask for a certificate with the host's name in subjectAltName."));
        }
        if (leaf.getPublicKey() instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < LEAST_RSA_BITS) {
            hints.add(PemProblem.ofCertificate(
                    path,
                    "has an RSA key of " + rsa.getModulus().bitLength() + " bits; clients expect at least "
                            + LEAST_RSA_BITS + " and may refuse it."));
        }
        return hints;
    }

    /** What is wrong with a file that is named for both is said of the first. */
    private static List<PemProblem> onceForEachFile(Stream<PemProblem> problems) {
        var said = new HashSet<String>();
        return problems.filter(problem -> said.add(problem.toString())).toList();
    }

    private static <T> Stream<PemProblem> problems(Loaded<T> loaded) {
        return switch (loaded) {
            case Loaded.Ready<T> ready -> Stream.of();
            case Loaded.Rejected<T>(var problems) -> problems.stream();
        };
    }

    private static Loaded<ServerIdentity> rejected(Path path, String message) {
        return new Loaded.Rejected<>(PemProblem.ofCertificate(path, message));
    }

    /** The moment after which clients refuse: the earliest end in the chain. */
    public Instant notAfter() {
        return chain.stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Instant::compareTo)
                .orElseThrow();
    }

    /** DNS names and addresses for which clients accept this identity. */
    public CertificateNames names() {
        return names;
    }

    /** The server's certificate first, then its issuers. */
    public List<X509Certificate> chain() {
        return chain;
    }

    PrivateKey key() {
        return key;
    }

    /** {@code CN=plane.example (plane.example, 10.0.0.5), until 2027-01-31T00:00:00Z}; never the key. */
    @Override
    public String toString() {
        return CertificateChain.subject(chain.getFirst()) + " (" + names + "), until " + notAfter();
    }
}
