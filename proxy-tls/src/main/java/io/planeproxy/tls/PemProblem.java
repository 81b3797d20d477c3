package io.planeproxy.tls;

import java.nio.file.Path;

/**
 * A fault in a file, told to an operator.
 *
 * @param file the file as the operator named it
 * @param concern what of an identity is at fault
 * @param message what was seen, what was expected, what to do; does not repeat the file's name at its start
 */
public record PemProblem(Path file, Concern concern, String message) {

    /** What an operator has to name for an identity; certificate and key may be the same file. */
    public enum Concern {
        CERTIFICATE,
        KEY,
        PASSPHRASE
    }

    static PemProblem ofCertificate(Path file, String message) {
        return new PemProblem(file, Concern.CERTIFICATE, message);
    }

    static PemProblem ofKey(Path file, String message) {
        return new PemProblem(file, Concern.KEY, message);
    }

    static PemProblem ofPassphrase(Path file, String message) {
        return new PemProblem(file, Concern.PASSPHRASE, message);
    }

    @Override
    public String toString() {
        return file + ": " + message;
    }
}
