package io.planeproxy.server;

import io.planeproxy.server.settings.Located;
import io.planeproxy.server.settings.Problem;
import io.planeproxy.server.settings.Secret;
import io.planeproxy.tls.Obstacle;
import io.planeproxy.tls.Passphrase;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.CharBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** The passphrase that a configuration means, fetched from its file where it names one. */
sealed interface PassphraseSource {
    record Good(Optional<Passphrase> passphrase) implements PassphraseSource {}

    record Bad(Problem problem) implements PassphraseSource {}

    static PassphraseSource read(io.planeproxy.server.settings.Passphrase settings) {
        return switch (settings) {
            case io.planeproxy.server.settings.Passphrase.None() -> new Good(Optional.empty());
            case io.planeproxy.server.settings.Passphrase.Given(Located<Secret> secret) -> given(secret.value());
            case io.planeproxy.server.settings.Passphrase.InFile(Located<Path> file) -> firstLine(file);
        };
    }

    private static PassphraseSource given(Secret secret) {
        char[] letters = secret.reveal();
        try {
            return new Good(Optional.of(Passphrase.of(CharBuffer.wrap(letters))));
        } finally {
            Arrays.fill(letters, ' ');
        }
    }

    private static PassphraseSource firstLine(Located<Path> file) {
        try (BufferedReader reader = Files.newBufferedReader(file.value())) {
            String line = reader.readLine();
            return line == null || line.isEmpty()
                    ? new Bad(file.problem(file.value() + ": its first line is empty", "the passphrase there", ""))
                    : new Good(Optional.of(Passphrase.of(line)));
        } catch (IOException failure) {
            String why = Obstacle.forThisProcess(file.value())
                    .orElse("cannot be read: " + failure.getClass().getSimpleName());
            return new Bad(file.problem(Certificates.withoutStop(file.value() + ": " + why), "", ""));
        }
    }
}
