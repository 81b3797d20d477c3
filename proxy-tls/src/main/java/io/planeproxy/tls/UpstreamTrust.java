package io.planeproxy.tls;

import io.planeproxy.tls.PemFile.Purpose;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Function;

/** Whose word is taken for an upstream's certificate. */
public final class UpstreamTrust {
    private final List<X509Certificate> authorities;

    private UpstreamTrust(List<X509Certificate> authorities) {
        this.authorities = List.copyOf(authorities);
    }

    /** The authorities that Java brings along: right for an upstream with a public certificate. */
    public static UpstreamTrust ofJava() {
        return new UpstreamTrust(List.of());
    }

    /**
     * Only those in a PEM file; the upstream's own certificate may stand there too, when it is self-signed. Blocks on
     * the disk.
     */
    public static Loaded<UpstreamTrust> load(Path authorities) {
        return PemFile.read(authorities, Purpose.CERTIFICATE)
                .then(CertificateFile::certificates)
                .then(certificates -> new Loaded.Ready<>(new UpstreamTrust(certificates)));
    }

    static UpstreamTrust in(X509Certificate... authorities) {
        return new UpstreamTrust(List.of(authorities));
    }

    <T> T choose(T java, Function<X509Certificate[], T> own) {
        return authorities.isEmpty() ? java : own.apply(authorities.toArray(X509Certificate[]::new));
    }
}
