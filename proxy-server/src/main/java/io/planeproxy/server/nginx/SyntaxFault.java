package io.planeproxy.server.nginx;

import io.planeproxy.server.settings.Origin;
import java.nio.file.Path;

/** A text that nginx itself could not read. */
final class SyntaxFault extends Exception {
    private static final long serialVersionUID = 1L;

    private final String sentence;

    SyntaxFault(Path file, int line, String seen, String advice) {
        super(seen);
        this.sentence = new Origin.InFile(file, line).text() + ": " + seen + "; " + advice;
    }

    String sentence() {
        return sentence;
    }
}
