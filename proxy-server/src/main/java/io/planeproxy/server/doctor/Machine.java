package io.planeproxy.server.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What the machine says of itself in files.
 *
 * @param root where its files begin
 * @param environment the variables of this process
 */
public record Machine(Path root, Map<String, String> environment) {
    public Machine {
        environment = Map.copyOf(environment);
    }

    /** The content of a file, without the blanks around it; nothing where it cannot be read. */
    Optional<String> text(String path) {
        try {
            return Optional.of(new String(Files.readAllBytes(root.resolve(path)), StandardCharsets.UTF_8).strip());
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    boolean has(String path) {
        return Files.exists(root.resolve(path));
    }

    /** What makes it seem that this is the inside of a container; nothing where nothing does. */
    Optional<String> container() {
        if (has(".dockerenv")) {
            return Optional.of("/.dockerenv is there");
        }
        if (has("run/.containerenv")) {
            return Optional.of("/run/.containerenv is there");
        }
        if (environment.containsKey("KUBERNETES_SERVICE_HOST")) {
            return Optional.of("KUBERNETES_SERVICE_HOST is set");
        }
        return text("proc/1/cgroup")
                .filter(groups -> groups.matches("(?s).*(docker|kubepods|containerd|libpod).*"))
                .map(groups -> "/proc/1/cgroup names a container");
    }
}
