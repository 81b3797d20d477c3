package io.planeproxy.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AdviceTest {
    @TempDir
    Path machine;

    @Test
    void namesTheCommandWhenANewerJavaIsInstalled() throws IOException {
        install("jvm/java-17", "17.0.15");
        install("jvm/temurin-25", "25.0.3");

        assertEquals(
                "plane-proxy was started with Java 17.0.15 and needs Java 25 or newer; Java 25.0.3 is on this machine,"
                        + " so use: " + machine + "/jvm/temurin-25/bin/java -jar plane-proxy.jar",
                sentence(Map.of()));
    }

    @Test
    void saysWhereToGetAJavaWhenNoneIsNewEnough() throws IOException {
        install("jvm/java-17", "17.0.15");

        String sentence = sentence(Map.of());

        assertTrue(sentence.startsWith("plane-proxy was started with Java 17.0.15 and needs Java 25 or newer; none"));
        assertTrue(sentence.contains("https://adoptium.net/"), sentence);
        assertFalse(sentence.contains("\n"), sentence);
    }

    @Test
    void prefersTheOldestJavaThatWillDo() throws IOException {
        install("jvm/a-27", "27");
        install("jvm/b-25", "25.0.3");

        assertTrue(sentence(Map.of()).contains("/jvm/b-25/bin/java"));
    }

    @Test
    void findsAJavaThatOnlyTheEnvironmentNames() throws IOException {
        install("elsewhere/jdk", "26-ea");

        assertTrue(sentence(Map.of("JDK_HOME", machine + "/elsewhere/jdk")).contains("/elsewhere/jdk/bin/java"));
    }

    @Test
    void passesOverAHomeWithoutAJavaToStart() throws IOException {
        Files.delete(install("jvm/half-removed", "25.0.3"));

        assertTrue(sentence(Map.of()).contains("; none was found"));
    }

    @Test
    void repeatsTheArgumentsSoThatTheLineCanBeCopied() throws IOException {
        install("jvm/java-25", "25");

        String sentence = sentence(Map.of(), "run", "--config", "my plane's.conf");

        assertTrue(sentence.endsWith(" -jar plane-proxy.jar run --config 'my plane'\\''s.conf'"), sentence);
    }

    private String sentence(Map<String, String> environment, String... arguments) {
        List<InstalledJava> installed = InstalledJava.find(List.of(machine.resolve("jvm")), environment);
        JavaVersion running = JavaVersion.parse("17.0.15");
        return new Advice(running, 25, installed, "plane-proxy.jar", List.of(arguments)).sentence();
    }

    /** Gives the executable of the Java that now seems to be there. */
    private Path install(String home, String version) throws IOException {
        Path bin = Files.createDirectories(machine.resolve(home).resolve("bin"));
        Path java = Files.createFile(bin.resolve("java"));
        assertTrue(java.toFile().setExecutable(true));
        Files.writeString(bin.resolveSibling("release"), "IMPLEMENTOR=\"Test\"\nJAVA_VERSION=\"" + version + "\"\n");
        return java;
    }
}
