package io.planeproxy.server.nginx;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** The files that a pattern of glob(7) stands for, in the order of their names; none is no error. */
final class Glob {
    private Glob() {}

    static boolean isPattern(String path) {
        return path.matches(".*[*?\\[].*");
    }

    static List<Path> files(Path pattern) {
        List<Path> found = List.of(pattern.getRoot());
        for (Path segment : pattern) {
            found = found.stream()
                    .flatMap(folder -> matches(folder, segment.toString()).stream())
                    .toList();
        }
        return found.stream().filter(Files::isRegularFile).toList();
    }

    private static List<Path> matches(Path folder, String segment) {
        if (!isPattern(segment)) {
            Path only = folder.resolve(segment);
            return Files.exists(only) ? List.of(only) : List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            // Java's patterns know braces, and those of glob(7) do not.
            PathMatcher matcher =
                    FileSystems.getDefault().getPathMatcher("glob:" + segment.replaceAll("[{}]", "\\\\$0"));
            return entries.filter(entry -> matcher.matches(entry.getFileName()))
                    .filter(entry -> segment.startsWith(".")
                            || !entry.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException | PatternSyntaxException nothingThere) {
            return List.of();
        }
    }
}
