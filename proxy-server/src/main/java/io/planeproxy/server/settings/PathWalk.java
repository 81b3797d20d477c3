package io.planeproxy.server.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Walks down a path to the first component that keeps this program from reading the file at its end. */
final class PathWalk {

    /** What is wrong with a path, and what to do. */
    record Obstacle(String seen, String advice) {}

    private PathWalk() {}

    static Optional<Obstacle> whyUnreadable(Path file) {
        Path whole = file.toAbsolutePath().normalize();
        for (Path folder = whole.getRoot(); folder != null && !folder.equals(whole); folder = next(folder, whole)) {
            if (!Files.exists(folder)) {
                return Optional.of(new Obstacle("the folder " + folder + " does not exist", "check the path"));
            }
            if (!Files.isDirectory(folder)) {
                return Optional.of(new Obstacle(folder + " is a file and no folder", "check the path"));
            }
            if (!Files.isExecutable(folder)) {
                return Optional.of(denied(folder, "may not enter the folder", "g+x"));
            }
        }
        if (!Files.exists(whole)) {
            return Optional.of(new Obstacle("no such file", "check the path, or create the file"));
        }
        if (Files.isDirectory(whole)) {
            return Optional.of(new Obstacle("a folder", "name the file inside of it"));
        }
        return Files.isReadable(whole) ? Optional.empty() : Optional.of(denied(whole, "may not read", "g+r"));
    }

    private static Path next(Path folder, Path whole) {
        return whole.getRoot().resolve(whole.subpath(0, folder.getNameCount() + 1));
    }

    private static Obstacle denied(Path component, String what, String mode) {
        String user = System.getProperty("user.name");
        return new Obstacle(
                "the user " + user + " " + what + " " + component,
                "give it that right through its group: chgrp $(id -gn " + user + ") " + component + " && chmod " + mode
                        + " " + component);
    }
}
