package io.planeproxy.server.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Reads the {@code tls} section of a listener. */
final class IdentitiesReader {
    private IdentitiesReader() {}

    /** The identities; of no meaning where the listener has no such section. */
    static Field<TlsSettings> read(Section listener) {
        Section tls = listener.section("tls");
        if (!listener.hasSection("tls")) {
            return new Field.Faulty<>();
        }
        Unfinished standard = identity(tls);
        List<Field<IdentitySettings>> byName = new ArrayList<>();
        if (tls.given("sni")) {
            for (Section section : tls.sections("sni")) {
                Unfinished identity = identity(section);
                byName.add(section.whole(identity::finished));
            }
        }
        tls.asked("sni");
        return tls.whole(() -> new TlsSettings(
                standard.finished(), byName.stream().map(Field::value).toList()));
    }

    /** Those that are named in full, whatever is wrong beside them. */
    static List<IdentitySettings> named(Section listener) {
        if (!listener.hasSection("tls")) {
            return List.of();
        }
        Section tls = listener.section("tls");
        Stream<Section> byName = tls.given("sni") ? tls.sections("sni").stream() : Stream.of();
        return Stream.concat(Stream.of(tls), byName)
                .map(section -> Field.whole(identity(section)::finished))
                .flatMap(Field::found)
                .toList();
    }

    private static Unfinished identity(Section section) {
        Field<Located<Path>> certificate = file(section.located(
                "certificate", IdentitiesReader::path, "write certificate = \"/path/to/fullchain.pem\""));
        Field<Located<Path>> key =
                file(section.located("key", IdentitiesReader::path, "write key = \"/path/to/privkey.pem\""));
        Optional<Field<Located<Secret>>> passphrase = section.optionalSecret("passphrase", Secret::parse);
        Optional<Field<Located<Path>>> passphraseFile =
                section.optional("passphrase-file", IdentitiesReader::path).map(IdentitiesReader::file);
        if (passphrase.isPresent() && passphraseFile.isPresent()) {
            section.problem(
                    "passphrase-file",
                    "beside passphrase",
                    "one of the two",
                    "keep the file, which no backup of the configuration holds");
        }
        return new Unfinished(
                certificate,
                key,
                () -> passphrase
                        .<Passphrase>map(secret -> new Passphrase.Given(secret.value()))
                        .or(() -> passphraseFile.map(file -> new Passphrase.InFile(file.value())))
                        .orElseGet(Passphrase.None::new));
    }

    private record Unfinished(
            Field<Located<Path>> certificate, Field<Located<Path>> key, Supplier<Passphrase> passphrase) {
        IdentitySettings finished() {
            return new IdentitySettings(certificate.value(), key.value(), passphrase.get());
        }
    }

    private static Path path(String text) throws Unreadable {
        if (text.isBlank()) {
            throw new Unreadable("the path of a file", "");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new Unreadable("the path of a file", "remove the character that no path can have");
        }
    }

    /** A path in a file is relative to the folder of that file; any other to the folder that the program was started in. */
    private static Field<Located<Path>> file(Field<Located<Path>> field) {
        return Field.whole(() -> {
            Located<Path> path = field.value();
            return path.where() instanceof Origin.InFile(Path file, int _)
                    ? new Located<>(file.resolveSibling(path.value()), path.where(), path.key())
                    : path;
        });
    }
}
