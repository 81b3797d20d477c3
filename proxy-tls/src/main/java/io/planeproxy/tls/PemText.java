package io.planeproxy.tls;

import io.planeproxy.tls.PemFile.Purpose;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/** Takes the PEM blocks (RFC 7468) out of a file's bytes, whatever stands around them, or says what the bytes are. */
final class PemText {
    private PemText() {}

    static Loaded<List<PemObject>> blocks(byte[] bytes, Path path, Purpose purpose) {
        if (bytes.length == 0) {
            return rejected(purpose, path, "is empty, expected PEM text (-----BEGIN ...).");
        }
        var text = tidy(bytes);
        var blocks = new ArrayList<PemObject>();
        try (var reader = new PemReader(new StringReader(text))) {
            for (var block = reader.readPemObject(); block != null; block = reader.readPemObject()) {
                blocks.add(block);
            }
        } catch (IOException | RuntimeException damaged) {
            return rejected(
                    purpose,
                    path,
                    "PEM block number " + (blocks.size() + 1) + " is damaged (" + damaged.getMessage()
                            + "). Was the file copied whole, from -----BEGIN to -----END?");
        }
        return blocks.isEmpty()
                ? rejected(purpose, path, ForeignFormat.describe(bytes, path, purpose))
                : new Loaded.Ready<>(blocks);
    }

    /** Windows' line ends and byte order mark, and indentation left from copying, mean nothing in PEM. */
    private static String tidy(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        return (text.startsWith("\uFEFF") ? text.substring(1) : text)
                .lines()
                .map(String::strip)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static Loaded<List<PemObject>> rejected(Purpose purpose, Path path, String message) {
        return new Loaded.Rejected<>(purpose.problem(path, message));
    }
}
