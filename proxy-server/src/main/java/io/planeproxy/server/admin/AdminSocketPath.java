package io.planeproxy.server.admin;

import io.planeproxy.server.settings.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the admin socket is, by the settings and by what the system offers. */
public final class AdminSocketPath {
    private static final String NAME = "admin.sock";
    private static final Path USUAL = Path.of("/run/plane-proxy");

    /** What systemd sets to the directories of {@code RuntimeDirectory=}, with colons between them. */
    private static final String RUNTIME_DIRECTORY = "RUNTIME_DIRECTORY";

    private AdminSocketPath() {}

    /** Where this process opens it; nothing for nowhere. */
    public static Optional<Path> toOpen(Place said, Map<String, String> environment) {
        return switch (said) {
            case Place.Off() -> Optional.empty();
            case Place.At(Path path) -> Optional.of(path);
            case Place.Automatic() ->
                bySystemd(environment)
                        .or(() -> Optional.of(USUAL).filter(Files::isDirectory).filter(Files::isWritable))
                        .map(directory -> directory.resolve(NAME));
        };
    }

    /** Where that of another process may be, the likeliest first. */
    public static List<Path> toAsk(Place said, Map<String, String> environment) {
        return switch (said) {
            case Place.Off() -> List.of();
            case Place.At(Path path) -> List.of(path);
            case Place.Automatic() -> {
                List<Path> directories = new ArrayList<>();
                bySystemd(environment).ifPresent(directories::add);
                directories.add(USUAL);
                yield directories.stream()
                        .distinct()
                        .map(directory -> directory.resolve(NAME))
                        .toList();
            }
        };
    }

    private static Optional<Path> bySystemd(Map<String, String> environment) {
        return Optional.of(environment.getOrDefault(RUNTIME_DIRECTORY, "").split(":", 2)[0])
                .filter(directory -> !directory.isEmpty())
                .map(Path::of);
    }
}
