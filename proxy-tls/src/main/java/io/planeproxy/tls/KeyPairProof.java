package io.planeproxy.tls;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;

/** Whether a private and a public key are a pair: what the one signs, the other must confirm. */
final class KeyPairProof {
    private static final byte[] PROBE = "plane-proxy: is this one pair?".getBytes(StandardCharsets.US_ASCII);

    private KeyPairProof() {}

    static boolean isPair(PrivateKey secret, PublicKey open) {
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
