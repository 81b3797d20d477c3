package io.planeproxy.server.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class ReferenceTest {

    @Test
    void everyKeyThatTheReaderKnowsStandsInTheReferenceAndTheOtherWayRound() {
        Set<String> written = keys(withExamples());
        written.addAll(keys(Reference.text()));
        Set<String> known = SettingsReader.keysAskedFor(Sources.ofText("reference.conf", withExamples()));
        assertEquals(withOneKindOfIdentity(written), withOneKindOfIdentity(known));
    }

    @Test
    void theExamplesOfTheReferenceAreGood() {
        assertInstanceOf(Read.Good.class, SettingsReader.read(Sources.ofText("reference.conf", withExamples())));
    }

    @Test
    void theReferenceAsAFileChangesNothing() {
        String upstream = "plane-proxy.upstream = \"http://10.0.0.5\"\n";
        String least = GoldenFilesTest.text(SettingsReader.read(Sources.ofText("x.conf", upstream)));
        String whole = GoldenFilesTest.text(SettingsReader.read(Sources.ofText("x.conf", upstream + Reference.text())));
        assertEquals(withoutPlaces(least), withoutPlaces(whole));
    }

    @Test
    void everyKeyOfTheReferenceIsExplained() {
        List<String> lines = Reference.text().lines().toList();
        List<String> unexplained = lines.stream()
                .filter(line -> line.matches(" +(# +)?#?[a-z-]+ (=|\\{).*")
                        && !line.matches(" +#?(listeners|routes|trusted-proxies) = .*"))
                .filter(line -> !line.matches(
                        " +# +(port = \\d+|tls \\{|redirect-to-https = true|key = .*other.*|certificate = .*other.*)"))
                .filter(line -> !lines.get(lines.indexOf(line) - 1).matches(" +# \\S.*"))
                .toList();
        assertEquals(List.of(), unexplained);
    }

    @Test
    void everyKeyWithASingleValueHasAVariable() {
        Map<String, String> variables = Shorthands.variables(Reference.defaults());
        assertEquals("timeouts.tls-handshake", variables.get("PLANE_PROXY_TIMEOUTS_TLS_HANDSHAKE"));
        assertEquals("upstream-pool.max-idle", variables.get("PLANE_PROXY_UPSTREAM_POOL_MAX_IDLE"));
        assertEquals("trusted-proxies", variables.get("PLANE_PROXY_TRUSTED_PROXIES"));
    }

    @Test
    void whatAnOperatorGetsIsWhatTheProgramHolds() throws IOException {
        for (String file : List.of(Reference.NAME, "logback.xml")) {
            assertEquals(
                    Files.readString(Path.of("src/main/resources", file)),
                    Files.readString(Path.of("../conf", file)),
                    file);
        }
    }

    @Test
    void theFileThatAnOperatorEditsIsGood() {
        Path file = Path.of("../conf/plane-proxy.conf");
        Read read = SettingsReader.read(new Sources(new ConfigSource.File(file), Map.of(), Map.of()));
        assertInstanceOf(Read.Good.class, read, () -> GoldenFilesTest.text(read));
    }

    /** Examples begin with # inside of the braces; explanations with # and one space. That of the listeners stands for the default. */
    private static String withExamples() {
        return Reference.text()
                .replaceFirst("(?ms)^  listeners = \\[.*?^  ]$", "")
                .replaceAll("(?m)^  #(?! \\S)", "   ");
    }

    /** An entry of sni has the same keys as the section that it stands in, and each needs its example once. */
    private static Set<String> withOneKindOfIdentity(Set<String> keys) {
        return keys.stream().map(key -> key.replace(".sni[].", ".")).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String withoutPlaces(String text) {
        return text.replaceAll("(where=|\\()[^],)]*[],)]", "");
    }

    private static Set<String> keys(String hocon) {
        Set<String> keys = new TreeSet<>();
        collect("plane-proxy", ConfigFactory.parseString(hocon).getObject("plane-proxy"), keys);
        return keys;
    }

    private static void collect(String path, ConfigValue value, Set<String> keys) {
        if (value instanceof ConfigObject object) {
            object.forEach((key, inner) -> {
                keys.add(path + "." + key);
                collect(path + "." + key, inner, keys);
            });
        } else if (value instanceof ConfigList list) {
            list.forEach(element -> collect(path + "[]", element, keys));
        }
    }
}
