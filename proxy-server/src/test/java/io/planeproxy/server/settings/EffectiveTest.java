package io.planeproxy.server.settings;

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

final class EffectiveTest {
    @TempDir
    private Path folder;

    @Test
    void eachValueSaysWhereItCameFrom() throws IOException {
        Path file = Files.writeString(folder.resolve("plane-proxy.conf"), """
                plane-proxy {
                  upstream = "http://10.0.0.5:8080"
                  routes = [
                    { path = "/live", max-body = 1M }
                  ]
                  trusted-proxies = ["10.0.0.0/8"]
                }
                """);
        List<String> lines = lines(new Sources(
                new ConfigSource.File(file),
                Map.of("PLANE_PROXY_MAX_BODY", "25M", "PLANE_PROXY_TIMEOUTS_REPLY", " "),
                Map.of("--listen", "127.0.0.1:8080")));
        assertTrue(lines.contains("plane-proxy.upstream = http://10.0.0.5:8080  (" + file + ":2)"), lines::toString);
        assertTrue(lines.contains("plane-proxy.routes[0].path = /live  (" + file + ":4)"), lines::toString);
        assertTrue(lines.contains("plane-proxy.routes[0].max-body = 1M  (" + file + ":4)"), lines::toString);
        assertTrue(lines.contains("plane-proxy.trusted-proxies = [\"10.0.0.0/8\"]  (" + file + ":6)"), lines::toString);
        assertTrue(lines.contains("plane-proxy.max-body = 25M  (PLANE_PROXY_MAX_BODY)"), lines::toString);
        assertTrue(lines.contains("plane-proxy.listeners[0].port = 8080  (--listen)"), lines::toString);
        assertTrue(lines.contains("plane-proxy.listeners[0].address = 127.0.0.1  (--listen)"), lines::toString);
        assertTrue(
                lines.stream()
                        .anyMatch(line -> line.matches(
                                "plane-proxy\\.timeouts\\.reply = 600s {2}\\(plane-proxy-reference\\.conf:\\d+\\)")),
                lines::toString);
        assertTrue(
                lines.stream()
                        .anyMatch(
                                line -> line.matches(
                                        "plane-proxy\\.listeners\\[0]\\.redirect-to-https = false {2}\\(plane-proxy-reference\\.conf:\\d+\\)")),
                lines::toString);
    }

    @Test
    void noSecretIsShown() {
        String text = """
                plane-proxy {
                  upstream = "http://10.0.0.5:8080"
                  listeners = [ { port = 443, tls { certificate = a, key = b, passphrase = "open sesame"
                    sni = [ { certificate = c, key = d, passphrase = "open sesame, too" } ] } } ]
                }
                """;
        List<String> lines = lines(Sources.ofText("x.conf", text));
        assertEquals(
                List.of(
                        "plane-proxy.listeners[0].tls.passphrase = (secret)  (x.conf:3)",
                        "plane-proxy.listeners[0].tls.sni[0].passphrase = (secret)  (x.conf:4)"),
                lines.stream().filter(line -> line.contains("passphrase")).toList());
        assertFalse(lines.toString().contains("sesame"), lines::toString);
    }

    @Test
    void whateverIsSetStandsThereOnce() {
        List<EffectiveValue> values = settings(Sources.ofText("x.conf", "plane-proxy.upstream = \"http://a\""))
                .effective();
        assertEquals(
                values.size(),
                values.stream().map(EffectiveValue::key).distinct().count());
        assertTrue(values.size() > 40, values::toString);
    }

    private static List<String> lines(Sources sources) {
        return settings(sources).effective().stream()
                .map(EffectiveValue::toString)
                .toList();
    }

    private static Settings settings(Sources sources) {
        return switch (SettingsReader.read(sources)) {
            case Read.Good(Settings settings) -> settings;
            case Read.Bad(List<Problem> problems) -> throw new AssertionError(problems.toString());
        };
    }
}
