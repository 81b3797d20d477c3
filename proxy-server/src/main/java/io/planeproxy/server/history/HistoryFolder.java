package io.planeproxy.server.history;

import io.planeproxy.server.settings.Place;
import io.planeproxy.server.systemd.ServiceFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the history is, by the settings and by what the system offers. */
public final class HistoryFolder {
    private static final ServiceFolder STATE = new ServiceFolder("STATE_DIRECTORY", Path.of("/var/lib/plane-proxy"));

    /** Why {@link #toWrite} finds none by itself, and what to do. */
    public static final String NOWHERE = STATE.absence() + "; history.folder may name another";

    private static final String NAME = "history";

    private HistoryFolder() {}

    /** Where this process keeps it; nothing for nowhere. */
    public static Optional<Path> toWrite(Place said, Map<String, String> environment) {
        return switch (said) {
            case Place.Off() -> Optional.empty();
            case Place.At(Path folder) -> Optional.of(folder);
            case Place.Automatic() -> STATE.writable(environment).map(folder -> folder.resolve(NAME));
        };
    }

    /** Where that of another process may be, the likeliest first. */
    public static List<Path> toRead(Place said, Map<String, String> environment) {
        return switch (said) {
            case Place.Off() -> List.of();
            case Place.At(Path folder) -> List.of(folder);
            case Place.Automatic() ->
                STATE.candidates(environment).stream()
                        .map(folder -> folder.resolve(NAME))
                        .toList();
        };
    }
}
