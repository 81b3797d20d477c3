package io.planeproxy.server.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/** What another process says, line by line, until it ends or is ended. */
final class Lines {
    private Lines() {}

    static void each(BufferedReader said, Consumer<String> action) {
        try (said) {
            said.lines().forEach(action);
        } catch (IOException | UncheckedIOException e) {
            // The process was ended while it spoke: that was its last line.
        }
    }
}
