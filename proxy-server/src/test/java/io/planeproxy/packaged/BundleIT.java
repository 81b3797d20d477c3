package io.planeproxy.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder plane-proxy/ as it is handed out, started with an empty environment: no PATH, no JAVA_HOME. */
final class BundleIT {
    private static final Path BUNDLE = Path.of(System.getProperty("plane-proxy.bundle"));

    @TempDir
    Path elsewhere;

    @Test
    void startsWithItsOwnJava() throws Exception {
        Ended version = start(BUNDLE.resolve("bin/plane-proxy"), "--version");

        assertEquals(0, version.code(), version.output());
        assertTrue(version.output().startsWith("plane-proxy " + System.getProperty("plane-proxy.version")));
    }

    @Test
    void startsThroughALink() throws Exception {
        Path link = Files.createSymbolicLink(elsewhere.resolve("pp"), BUNDLE.resolve("bin/plane-proxy"));

        assertEquals(0, start(link, "--version").code());
    }

    @Test
    void passesItsArgumentsOnAndGivesTheCodeBack() throws Exception {
        Ended run = start(BUNDLE.resolve("bin/plane-proxy"), "run", "--upstream", "not an * address");

        assertEquals(2, run.code(), run.output());
        assertTrue(run.output().contains("\"not an * address\""), run.output());
    }

    @Test
    void saysNothingButWhatWasAsked() throws Exception {
        Ended version = start(BUNDLE.resolve("bin/plane-proxy"), "--version");

        assertEquals(1, version.output().lines().count(), version.output());
    }

    @Test
    void startsFromWhatWasRecordedWhilePackaging() throws Exception {
        // With this option the JVM does not start where it cannot use it.
        Ended version = start(
                Map.of("PLANE_PROXY_JAVA_OPTS", "-XX:AOTMode=on"), BUNDLE.resolve("bin/plane-proxy"), "--version");

        assertEquals(0, version.code(), version.output());
    }

    @Test
    void startsWithoutAWordWhereTheRecordingDoesNotFit() throws Exception {
        Path copy = copyOfTheBundle();
        Files.setLastModifiedTime(copy.resolve("lib/plane-proxy.jar"), FileTime.from(Instant.EPOCH));

        Ended strict =
                start(Map.of("PLANE_PROXY_JAVA_OPTS", "-XX:AOTMode=on"), copy.resolve("bin/plane-proxy"), "--version");
        Ended version = start(copy.resolve("bin/plane-proxy"), "--version");

        assertNotEquals(0, strict.code(), "the recording fits a jar that was changed: " + strict.output());
        assertEquals(0, version.code(), version.output());
        assertEquals(1, version.output().lines().count(), version.output());
    }

    @Test
    void aServiceStartsWithoutWhatIsSlowToLoad() throws Exception {
        Path loaded = elsewhere.resolve("loaded.log");
        Path file = Files.writeString(elsewhere.resolve("plane-proxy.conf"), """
                plane-proxy {
                  upstream = "http://127.0.0.1:9"
                  listeners = [ { address = "127.0.0.1", port = 0 } ]
                }
                """);
        ProcessBuilder builder = new ProcessBuilder(
                        BUNDLE.resolve("bin/plane-proxy").toString(), "run", "--config", file.toString())
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PLANE_PROXY_JAVA_OPTS", "-Xlog:class+load:file=" + loaded);
        Process process = builder.start();
        try (BufferedReader output = process.inputReader()) {
            List<String> said = new ArrayList<>();
            while (said.isEmpty() || !said.getLast().contains("listening on 127.0.0.1:")) {
                said.add(Optional.ofNullable(output.readLine())
                        .orElseThrow(() -> new AssertionError("ended before it listened: " + said)));
            }
        } finally {
            process.destroy();
            process.waitFor();
        }

        String classes = Files.readString(loaded);
        assertTrue(classes.contains("io.planeproxy.server.logging.StandardLogs "), "no log of classes: " + classes);
        assertFalse(classes.contains(" picocli.CommandLine "), "the command line was parsed by picocli");
        assertFalse(
                classes.contains(" ch.qos.logback.core.joran.event.SaxEventRecorder "), "logback.xml was read as XML");
    }

    /** What is large and does not matter here is linked to. */
    private Path copyOfTheBundle() throws IOException {
        Path copy = Files.createDirectories(elsewhere.resolve("copy"));
        Files.createDirectory(copy.resolve("bin"));
        Files.createDirectory(copy.resolve("lib"));
        for (String file : List.of("bin/plane-proxy", "lib/plane-proxy.jar", "lib/plane-proxy.aot")) {
            Files.copy(BUNDLE.resolve(file), copy.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
        }
        for (String part : List.of("runtime", "conf", "lib/native")) {
            Files.createSymbolicLink(copy.resolve(part), BUNDLE.resolve(part));
        }
        return copy;
    }

    @Test
    void bringsTheConfigurationToEdit() {
        assertTrue(Files.isRegularFile(BUNDLE.resolve("conf/plane-proxy.conf")));
        assertTrue(Files.isRegularFile(BUNDLE.resolve("conf/logback.xml")));
    }

    @Test
    void bringsTheUnitsForSystemdAndTheNativePartsUnpacked() throws IOException {
        assertTrue(Files.isRegularFile(BUNDLE.resolve("conf/systemd/plane-proxy.service")));
        assertTrue(Files.isRegularFile(BUNDLE.resolve("conf/systemd/plane-proxy.socket")));
        try (Stream<Path> files = Files.list(BUNDLE.resolve("lib/native"))) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).toList();
            assertTrue(names.contains("libnetty_transport_native_epoll_x86_64.so"), names::toString);
            assertTrue(names.contains("libnetty_tcnative_linux_aarch_64.so"), names::toString);
        }
    }

    private static Ended start(Path program, String... arguments) throws IOException, InterruptedException {
        return start(Map.of(), program, arguments);
    }

    private static Ended start(Map<String, String> environment, Path program, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }

    private record Ended(int code, String output) {}
}
