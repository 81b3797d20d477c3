package io.planeproxy.server.admin;

import io.planeproxy.server.settings.Place;
import io.planeproxy.server.systemd.ServiceFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the admin socket is, by the settings and by what the system offers. */
public final class AdminSocketPath {
    private static final String NAME = "admin.sock";
    private static final ServiceFolder RUNTIME = new ServiceFolder("RUNTIME_DIRECTORY", Path.of("/run/plane-proxy"));

    /** Why {@link #toOpen} finds no place by itself, and what to do. */
    public static final String NOWHERE = RUNTIME.absence() + "; admin.socket may name a place";

    private AdminSocketPath() {}

    /** Where this process opens it; nothing for nowhere. */
    public static Optional<Path> toOpen(Place said, Map<String, String> environment) {
        return switch (said) {
            case Place.Off() -> Optional.empty();
            case Place.At(Path path) -> Optional.of(path);
            case Place.Automatic() -> RUNTIME.writable(environment).map(directory -> directory.resolve(NAME));
        };
    }

    /** As below, unless somebody names it. */
    public static List<Path> toAsk(Optional<Path> named, Place said, Map<String, String> environment) {
        return named.map(List::of).orElseGet(() -> toAsk(said, environment));
    }

    /** Where that of another process may be, the likeliest first. */
    public static List<Path> toAsk(Place said, Map<String, String> environment) {
        return switch (said) {
            case Place.Off() -> List.of();
            case Place.At(Path path) -> List.of(path);
            case Place.Automatic() ->
                RUNTIME.candidates(environment).stream()
                        .map(directory -> directory.resolve(NAME))
                        .toList();
        };
    }
}
