package io.planeproxy.server.history;

import io.planeproxy.server.history.Kept.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The text of then in the files of now. Each is written where it is, so that it keeps its owner, its mode and whatever leads to it, and
 * the text that it replaces is copied beside it before.
 */
public final class PutBack {
    /** At the end of the name of such a copy. */
    public static final String BESIDE = ".before-rollback";

    private final List<Replaced> replaced = new ArrayList<>();

    private PutBack() {}

    /** @param before nothing where there was no file */
    private record Replaced(Path file, Optional<String> before) {
        Path copy() {
            return file.resolveSibling(file.getFileName() + BESIDE);
        }
    }

    /**
     * Writes each file that has another text now.
     *
     * @throws IOException where one cannot be written; then all are as they were
     */
    public static PutBack of(List<SourceText> files) throws IOException {
        PutBack putBack = new PutBack();
        try {
            for (SourceText file : files) {
                putBack.write(file);
            }
            return putBack;
        } catch (IOException failure) {
            putBack.undo();
            throw failure;
        }
    }

    private void write(SourceText file) throws IOException {
        Optional<String> before =
                Files.exists(file.file()) ? Optional.of(Files.readString(file.file())) : Optional.empty();
        if (before.equals(Optional.of(file.text()))) {
            return;
        }
        Replaced now = new Replaced(file.file(), before);
        if (before.isPresent()) {
            Files.copy(
                    file.file(), now.copy(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        }
        replaced.add(now);
        Files.writeString(file.file(), file.text());
    }

    /** The files that were written. */
    public List<Path> written() {
        return replaced.stream().map(Replaced::file).toList();
    }

    /** The files are as they were before. */
    public void undo() throws IOException {
        for (Replaced one : replaced) {
            if (one.before().isPresent()) {
                Files.writeString(one.file(), one.before().get());
                Files.deleteIfExists(one.copy());
            } else {
                Files.deleteIfExists(one.file());
            }
        }
    }
}
