package io.planeproxy.packaged;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    void bringsTheConfigurationToEdit() {
        assertTrue(Files.isRegularFile(BUNDLE.resolve("conf/plane-proxy.conf")));
        assertTrue(Files.isRegularFile(BUNDLE.resolve("conf/logback.xml")));
    }

    private static Ended start(Path program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }

    private record Ended(int code, String output) {}
}
