package io.planeproxy.tls;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.bouncycastle.util.io.pem.PemObject;

/** A file that was read and holds at least one PEM block. */
record PemFile(Path path, List<PemObject> blocks) {
    /** Bytes; a whole chain with its key has some 20 kB. */
    private static final int LARGEST = 1 << 20;

    /** What the file is for; decides which command helps when it is of another format. */
    enum Purpose {
        CERTIFICATE,
        KEY;

        PemProblem problem(Path path, String message) {
            return switch (this) {
                case CERTIFICATE -> PemProblem.ofCertificate(path, message);
                case KEY -> PemProblem.ofKey(path, message);
            };
        }
    }

    static Loaded<PemFile> read(Path path, Purpose purpose) {
        return bytes(path, purpose)
                .then(bytes -> PemText.blocks(bytes, path, purpose))
                .then(blocks -> new Loaded.Ready<>(new PemFile(path, blocks)));
    }

    private static Loaded<byte[]> bytes(Path path, Purpose purpose) {
        try {
            var attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                return rejected(purpose, path, "is a directory, expected a PEM file." + suggestion(path));
            }
            if (!attributes.isRegularFile()) {
                return rejected(purpose, path, "is a device or pipe, expected a regular PEM file.");
            }
            if (attributes.size() > LARGEST) {
                return rejected(
                        purpose,
                        path,
                        "has " + attributes.size() + " bytes, expected a PEM file of at most " + LARGEST + ".");
            }
            return new Loaded.Ready<>(Files.readAllBytes(path));
        } catch (IOException failure) {
            return rejected(purpose, path, Obstacle.forThisProcess(path).orElseGet(() -> plain(failure)));
        }
    }

    private static String suggestion(Path directory) {
        var fullchain = directory.resolve("fullchain.pem");
        return Files.exists(fullchain)
                ? " Name a file in it, such as " + fullchain + " (key: " + directory.resolve("privkey.pem") + ")."
                : " Name the file in it.";
    }

    private static String plain(IOException failure) {
        var reason = failure instanceof FileSystemException named && named.getReason() != null
                ? named.getReason()
                : failure.getClass().getSimpleName();
        return "cannot be read: " + reason + ".";
    }

    private static Loaded<byte[]> rejected(Purpose purpose, Path path, String message) {
        return new Loaded.Rejected<>(purpose.problem(path, message));
    }
}
