package io.planeproxy.server.history;

import io.planeproxy.server.history.Kept.SourceText;
import io.planeproxy.server.history.Kept.Value;
import io.planeproxy.server.settings.EffectiveValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The last configurations that were in service, in a folder. One at a time may write. */
public final class History {
    /** As many are kept; an older one makes room. */
    static final int MOST = 20;

    private static final Pattern NAME = Pattern.compile("configuration-(\\d{1,9})\\.json");
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ALONE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> FOLDER_OF_OWNER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path folder;

    /** @param folder is made where it is not there yet, and something is kept */
    public History(Path folder) {
        this.folder = folder;
    }

    public Path folder() {
        return folder;
    }

    /**
     * Keeps a configuration, unless it is the one that was kept last.
     *
     * @throws IOException if the folder cannot be made, read or written
     */
    public void keep(Instant time, String asker, List<SourceText> files, List<EffectiveValue> values)
            throws IOException {
        List<Value> shown = values.stream().map(Value::of).toList();
        Files.createDirectories(folder, FOLDER_OF_OWNER);
        Optional<Kept> last = last();
        if (last.filter(kept -> kept.isAs(files, shown)).isPresent()) {
            return;
        }
        List<Integer> numbers = numbers();
        int number = numbers.isEmpty() ? 1 : numbers.getLast() + 1;
        write(new Kept(number, time, asker, files, shown));
        for (int old : numbers.subList(0, Math.max(0, numbers.size() + 1 - MOST))) {
            Files.deleteIfExists(file(old));
        }
    }

    /** In a file of its own first, so that nobody ever reads half of one. */
    private void write(Kept kept) throws IOException {
        Path written = Files.createTempFile(folder, "being-written", "", OWNER_ALONE);
        try {
            Files.writeString(written, KeptAsJson.text(kept));
            Files.move(written, file(kept.number()), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    /** The oldest first; without those whose file somebody has damaged. */
    public List<Kept> all() throws IOException {
        List<Kept> all = new ArrayList<>();
        for (int number : numbers()) {
            of(number).ifPresent(all::add);
        }
        return all;
    }

    /** What is kept in the first of those folders that holds anything; nothing where none does. */
    public static List<Kept> firstOf(List<Path> folders) throws IOException {
        for (Path folder : folders) {
            List<Kept> all = new History(folder).all();
            if (!all.isEmpty()) {
                return all;
            }
        }
        return List.of();
    }

    /** In words, that {@link #firstOf} found nothing. */
    public static String nothingIn(List<Path> folders) {
        return folders.isEmpty()
                ? "history.folder is off"
                : "no configuration is kept in "
                        + String.join(", ", folders.stream().map(Path::toString).toList());
    }

    /** In words, that none of these has that number. @param all at least one */
    public static String unknown(int number, List<Kept> all) {
        return "no configuration " + number + " is kept; expected one from "
                + all.getFirst().number() + " to " + all.getLast().number() + "; plane-proxy history lists them";
    }

    private Optional<Kept> last() throws IOException {
        List<Integer> numbers = numbers();
        return numbers.isEmpty() ? Optional.empty() : of(numbers.getLast());
    }

    private Optional<Kept> of(int number) throws IOException {
        String text = Files.readString(file(number));
        try {
            return Optional.of(KeptAsJson.parsed(text));
        } catch (IOException damaged) {
            return Optional.empty();
        }
    }

    private List<Integer> numbers() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> NAME.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(name -> Integer.valueOf(name.group(1)))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException nothingKeptYet) {
            return List.of();
        }
    }

    private Path file(int number) {
        return folder.resolve("configuration-" + number + ".json");
    }
}
