package io.planeproxy.tls;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;

/** Whether a private key is that of a certificate: BoringSSL takes both, or else what the one signs the other must confirm. */
final class KeyPairProof {
    private static final byte[] PROBE = "plane-proxy: is this one pair?".getBytes(StandardCharsets.US_ASCII);

    private KeyPairProof() {}

    static boolean isPair(PrivateKey secret, X509Certificate certificate) {
        return switch (TlsProvider.best()) {
            // A refusal may also mean a kind of key that it does not know.
            case OPENSSL -> OpenSslPair.isTaken(secret, certificate) || confirms(certificate.getPublicKey(), secret);
            case JDK -> confirms(certificate.getPublicKey(), secret);
        };
    }

    /** Costs a JVM that has just started a tenth of a second: for P-256 it makes tables of the curve. */
    private static boolean confirms(PublicKey open, PrivateKey secret) {
        try {
            var algorithm = algorithm(secret.getAlgorithm());
            var signing = Signature.getInstance(algorithm);
            signing.initSign(secret);
            signing.update(PROBE);
            var signature = signing.sign();
            var verifying = Signature.getInstance(algorithm);
            verifying.initVerify(open);
            verifying.update(PROBE);
            return verifying.verify(signature);
        } catch (GeneralSecurityException ofAnotherKind) {
            return false;
        }
    }

    private static String algorithm(String kind) {
        return switch (kind) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "EdDSA";
        };
    }
}
