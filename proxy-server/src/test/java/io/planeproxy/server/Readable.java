package io.planeproxy.server;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A class path that any user may read: those of a build mostly lie in somebody's home. */
final class Readable {
    private Readable() {}

    static String copyOf(String classPath, Path folder) throws IOException {
        open(folder);
        List<String> copied = new ArrayList<>();
        for (String each : classPath.split(File.pathSeparator)) {
            Path from = Path.of(each);
            if (Files.exists(from)) {
                Path to = folder.resolve(copied.size() + "-" + from.getFileName());
                copy(from, to);
                copied.add(to.toString());
            }
        }
        return String.join(File.pathSeparator, copied);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path one : files.toList()) {
                Path target = to.resolve(from.relativize(one).toString());
                Files.copy(one, target);
                if (Files.isDirectory(target)) {
                    open(target);
                } else {
                    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-r--r--"));
                }
            }
        }
    }

    private static void open(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
