package io.planeproxy.server.systemd;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder that systemd makes for the service, such as that of {@code RuntimeDirectory=} (systemd.exec(5)).
 *
 * @param variable in which systemd names it, with colons between several
 * @param usual where it is for a process that systemd did not start
 */
public record ServiceFolder(String variable, Path usual) {

    /** The one that this process may write to. */
    public Optional<Path> writable(Map<String, String> environment) {
        return named(environment)
                .or(() -> Optional.of(usual).filter(Files::isDirectory).filter(Files::isWritable));
    }

    /** What is so where {@link #writable} finds none, as the beginning of a sentence. */
    public String absence() {
        return "there is no folder " + usual + " that this user may write to";
    }

    /** Where that of another process may be, the likeliest first. */
    public List<Path> candidates(Map<String, String> environment) {
        return Stream.concat(named(environment).stream(), Stream.of(usual))
                .distinct()
                .toList();
    }

    private Optional<Path> named(Map<String, String> environment) {
        return Optional.of(environment.getOrDefault(variable, "").split(":", 2)[0])
                .filter(directory -> !directory.isEmpty())
                .map(Path::of);
    }
}
