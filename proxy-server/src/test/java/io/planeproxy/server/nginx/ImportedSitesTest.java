package io.planeproxy.server.nginx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.server.nginx.NginxImport.Losses;
import io.planeproxy.server.nginx.NginxImport.Order;
import io.planeproxy.server.nginx.NginxImport.Result;
import io.planeproxy.server.settings.Read;
import io.planeproxy.server.settings.SettingsReader;
import io.planeproxy.server.settings.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each folder holds a site as people have it, in {@code site.conf} or {@code nginx.conf}, and in {@code expected} what becomes of it: the
 * configuration and the account. Where the site is chosen by its name, that stands in {@code server-name}.
 */
final class ImportedSitesTest {
    private static final Path FOLDER = Path.of("src/test/resources/nginx");

    @ParameterizedTest
    @MethodSource("names")
    void aSiteGivesWhatIsExpectedOfIt(String name) throws IOException {
        assertEquals(Files.readString(FOLDER.resolve(name, "expected")), text(imported(name)));
    }

    @ParameterizedTest
    @MethodSource("names")
    void whatIsMadeOfItIsReadBackWithoutAProblem(String name) throws IOException {
        imported(name)
                .configuration()
                .ifPresent(text ->
                        assertInstanceOf(Read.Good.class, SettingsReader.read(Sources.ofText("imported.conf", text))));
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyDirectiveHasItsLine(String name) throws IOException {
        Source source = source(name);
        assertEquals(count(source.directives()), imported(name).account().size());
    }

    @Test
    void theSiteOfTheGuidesConvertsWhole() throws IOException {
        Result.Imported guide = imported("guide");
        assertEquals(Losses.NONE, guide.losses());
        assertTrue(guide.account().stream().noneMatch(line -> line.contains("NOT SUPPORTED")));
    }

    static List<String> names() throws IOException {
        try (Stream<Path> folders = Files.list(FOLDER)) {
            List<String> names = folders.map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
            assertTrue(names.size() >= 20, names::toString);
            return names;
        }
    }

    private static long count(List<Directive> directives) {
        return directives.stream()
                .mapToLong(directive -> 1
                        + (Source.BLOCKS_OF_DATA.contains(directive.name())
                                ? 0
                                : directive.body().map(ImportedSitesTest::count).orElse(0L)))
                .sum();
    }

    private static Source source(String name) {
        try {
            return Source.read(file(name), Optional.of(FOLDER.resolve(name)));
        } catch (Source.Unreadable fault) {
            throw new AssertionError(fault.sentence(), fault);
        }
    }

    private static Result.Imported imported(String name) throws IOException {
        Path chosen = FOLDER.resolve(name, "server-name");
        Optional<String> serverName =
                Files.exists(chosen) ? Optional.of(Files.readString(chosen).strip()) : Optional.empty();
        Result result = NginxImport.of(new Order(file(name), Optional.of(FOLDER.resolve(name)), serverName));
        return assertInstanceOf(Result.Imported.class, result);
    }

    private static Path file(String name) {
        Path site = FOLDER.resolve(name, "site.conf");
        return Files.exists(site) ? site : FOLDER.resolve(name, "nginx.conf");
    }

    private static String text(Result.Imported imported) {
        String text = imported.configuration().orElse("no configuration\n")
                + imported.account().stream().collect(Collectors.joining("\n", "\n", "\n"))
                + "\nlosses: " + imported.losses() + ", unread: " + imported.unread() + "\n";
        return text.replace(FOLDER.toAbsolutePath() + "/", "").replace(FOLDER + "/", "");
    }
}
