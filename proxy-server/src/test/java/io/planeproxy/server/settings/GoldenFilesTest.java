package io.planeproxy.server.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each {@code NAME.conf} gives what {@code NAME.expected} says: the settings or the problems. {@code NAME.env} holds the environment,
 * where there is one.
 */
final class GoldenFilesTest {
    private static final Path FOLDER = Path.of("src/test/resources/settings");

    @ParameterizedTest
    @MethodSource("names")
    void aFileGivesTheSettingsOrTheProblemsBesideIt(String name) throws IOException {
        Read read = SettingsReader.read(
                new Sources(new ConfigSource.File(FOLDER.resolve(name + ".conf")), environment(name), Map.of()));
        String expected = Files.readString(FOLDER.resolve(name + ".expected"));
        assertEquals(expected, text(read).replace(FOLDER + "/", ""));
    }

    @Test
    void everyExpectationHasItsFile() throws IOException {
        List<String> expectations = namesWith(".expected");
        assertTrue(expectations.size() >= 10, "found only " + expectations);
        assertEquals(namesWith(".conf"), expectations);
    }

    static Stream<String> names() throws IOException {
        return namesWith(".conf").stream();
    }

    private static List<String> namesWith(String ending) throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(ending) && !file.startsWith("included"))
                    .map(file -> file.substring(0, file.length() - ending.length()))
                    .sorted()
                    .toList();
        }
    }

    private static Map<String, String> environment(String name) throws IOException {
        Path file = FOLDER.resolve(name + ".env");
        if (!Files.exists(file)) {
            return Map.of();
        }
        Properties variables = new Properties();
        variables.load(new StringReader(Files.readString(file)));
        return variables.stringPropertyNames().stream().collect(Collectors.toMap(key -> key, variables::getProperty));
    }

    static String text(Read read) {
        Stream<String> lines = switch (read) {
            case Read.Bad(List<Problem> problems) -> problems.stream().map(Problem::text);
            case Read.Good(Settings settings) -> lines(settings);
        };
        return lines.collect(Collectors.joining("\n", "", "\n"));
    }

    private static Stream<String> lines(Settings settings) {
        Stream<String> listeners = settings.listeners().stream().map(listener -> "listener " + listener);
        Stream<String> routes = settings.routes().stream().map(route -> "route " + route);
        Stream<String> others = Stream.of(
                "trusted-proxies " + settings.trustedProxies(),
                settings.webSockets().toString(),
                settings.timeouts().toString(),
                "drain-spread " + settings.drainSpread(),
                settings.limits().toString(),
                settings.upstreamPool().toString(),
                "rate-limit " + settings.rateLimit(),
                settings.securityHeaders().toString(),
                "event-loops " + settings.eventLoops(),
                "access-log " + settings.accessLog());
        return Stream.of(listeners, routes, others, whereItIsNotTheDefault(settings))
                .flatMap(lines -> lines);
    }

    private static Stream<String> whereItIsNotTheDefault(Settings settings) {
        return Stream.of(
                        "admin socket " + settings.admin().socket(),
                        "admin listen " + settings.admin().listen(),
                        "history folder " + settings.historyFolder(),
                        "log level " + settings.logLevel())
                .filter(line -> !line.matches(
                        "admin socket auto .*|admin listen off .*|history folder auto .*|log level auto"));
    }
}
