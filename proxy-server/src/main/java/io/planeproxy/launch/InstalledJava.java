package io.planeproxy.launch;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** A Java that lies on this machine, known by the {@code release} file in its home. */
final class InstalledJava {
    /** Where Linux distributions, installers and container images put one; each holds homes. */
    private static final List<String> FOLDERS = Arrays.asList("/usr/lib/jvm", "/usr/java", "/opt", "/opt/java");

    private static final List<String> VARIABLES = Arrays.asList("JAVA_HOME", "JDK_HOME");

    private final Path home;
    private final JavaVersion version;

    private InstalledJava(Path home, JavaVersion version) {
        this.home = home;
        this.version = version;
    }

    static List<InstalledJava> onThisMachine() {
        List<Path> folders = new ArrayList<>();
        for (String folder : FOLDERS) {
            folders.add(Paths.get(folder));
        }
        return find(folders, System.getenv());
    }

    /** Every Java whose home is in one of the folders, or named by a variable of the environment; in a stable order. */
    static List<InstalledJava> find(List<Path> folders, Map<String, String> environment) {
        List<InstalledJava> found = new ArrayList<>();
        for (Path home : homes(folders, environment)) {
            version(home).ifPresent(version -> found.add(new InstalledJava(home, version)));
        }
        return found;
    }

    private static List<Path> homes(List<Path> folders, Map<String, String> environment) {
        List<Path> homes = new ArrayList<>();
        for (String variable : VARIABLES) {
            String value = environment.getOrDefault(variable, "");
            if (!value.isEmpty()) {
                path(value).ifPresent(homes::add);
            }
        }
        for (Path folder : folders) {
            homes.addAll(children(folder));
        }
        return homes;
    }

    private static Optional<Path> path(String value) {
        try {
            return Optional.of(Paths.get(value));
        } catch (InvalidPathException notAPathHere) {
            return Optional.empty();
        }
    }

    /** A folder that is missing or closed to us holds nothing that we could recommend. */
    private static List<Path> children(Path folder) {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            for (Path child : stream) {
                children.add(child);
            }
        } catch (IOException missingOrClosed) {
            return Collections.emptyList();
        }
        Collections.sort(children);
        return children;
    }

    private static Optional<JavaVersion> version(Path home) {
        if (!Files.isExecutable(executable(home))) {
            return Optional.empty();
        }
        Properties release = new Properties();
        try (Reader reader = Files.newBufferedReader(home.resolve("release"))) {
            release.load(reader);
        } catch (IOException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
        String quoted = release.getProperty("JAVA_VERSION", "");
        return Optional.of(JavaVersion.parse(quoted.replace("\"", "")));
    }

    private static Path executable(Path home) {
        return home.resolve("bin").resolve("java");
    }

    /** The command that starts this Java. */
    Path executable() {
        return executable(home);
    }

    JavaVersion version() {
        return version;
    }
}
