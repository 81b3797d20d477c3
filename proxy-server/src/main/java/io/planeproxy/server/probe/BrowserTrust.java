package io.planeproxy.server.probe;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whether a chain ends at an authority that Java knows, which are about those that browsers know. */
public final class BrowserTrust {
    private BrowserTrust() {}

    /** Why not; nothing where it does. */
    public static Optional<String> whyNot(List<X509Certificate> chain) {
        try {
            manager()
                    .checkServerTrusted(
                            chain.toArray(X509Certificate[]::new),
                            chain.getFirst().getPublicKey().getAlgorithm());
            return Optional.empty();
        } catch (CertificateException refused) {
            return Optional.of(String.valueOf(innermost(refused).getMessage()));
        } catch (GeneralSecurityException noTrust) {
            throw new IllegalStateException("this Java has no authorities", noTrust);
        }
    }

    private static X509TrustManager manager() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        @Nullable KeyStore ofJava = null;
        factory.init(ofJava);
        for (var each : factory.getTrustManagers()) {
            if (each instanceof X509TrustManager found) {
                return found;
            }
        }
        throw new GeneralSecurityException("no trust manager for X.509");
    }

    private static Throwable innermost(Throwable fault) {
        Throwable cause = fault.getCause();
        return cause == null ? fault : innermost(cause);
    }
}
