package io.planeproxy.tls;

import java.nio.file.Path;

/**
 * A fault in a file, told to an operator.
 *
 * @param file the file as the operator named it
 * @param message what was seen, what was expected, what to do; does not repeat the file's name at its start
 */
public record PemProblem(Path file, String message) {
    @Override
    public String toString() {
        return file + ": " + message;
    }
}
