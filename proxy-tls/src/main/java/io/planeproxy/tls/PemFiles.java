package io.planeproxy.tls;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a certificate and its key lie. Both may be the same file.
 *
 * @param certificate the certificate first, then its intermediates ({@code fullchain.pem})
 * @param key its private key; certificates in this file are passed over
 * @param passphrase for an encrypted key
 */
public record PemFiles(Path certificate, Path key, Optional<Passphrase> passphrase) {
    public static PemFiles of(Path certificate, Path key) {
        return new PemFiles(certificate, key, Optional.empty());
    }
}
