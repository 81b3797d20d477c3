package io.planeproxy.server.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.RefusingPort;
import io.planeproxy.server.AskedFolder;
import io.planeproxy.server.ProgramProcess;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The status page of the whole program in a real browser of a phone's width, and what its self-test makes of the faults of the guides. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
final class StatusPageInChromiumTest {
    private static final int PHONE = 390;

    /** In a Host that is none, so that the page has to show it. */
    private static final String MARKUP = "<img/src=x/onerror=injected=1>";

    private final AskedFolder folder;

    StatusPageInChromiumTest(@TempDir Path folder) {
        this.folder = new AskedFolder(folder);
    }

    @BeforeEach
    void tools() {
        Tool.need(Tool.NODE, Tool.CHROMIUM);
    }

    @Test
    void whereAllIsWellTheSelfTestSaysSoAndThePageShowsWhatHappened() throws Exception {
        try (NodeScript live = NodeScript.start("live.mjs", Map.of());
                ProgramProcess program = program(live.port(), "")) {
            InetSocketAddress https = port(program, "listening on 127\\.0\\.0\\.1:(\\d+) for https");
            String site = "https://localhost:" + https.getPort();
            try (RawClient client = RawClient.overTls(https, "localhost")) {
                client.send("GET /live/health HTTP/1.1\r\nHost: localhost:" + https.getPort() + "\r\n\r\n")
                        .reply("GET");
            }
            try (RawClient client = RawClient.overTls(https, "localhost")) {
                client.send("GET / HTTP/1.1\r\nHost: " + MARKUP + "\r\n\r\n").reply("GET");
            }
            Config seen = browse(program, "well", "");
            assertEquals(site, seen.getString("offered"));
            assertEquals(
                    List.of("good", "good", "good", "good", "good"),
                    seen.getConfigList("steps").stream()
                            .map(step -> step.getString("outcome"))
                            .toList(),
                    seen::toString);
            assertSays(seen, "A message and its answer", "Plane's live server answers: it refuses the login");
            assertSays(seen, "The close", "Closed with 1000");
            assertEquals("good", seen.getString("verdict.outcome"), seen::toString);
            assertEquals(site, seen.getString("typed"), "what is typed outlives a fresh page");
            assertShows(seen, "failures", "malformed-host");
            assertShows(seen, "failures", MARKUP);
            assertShows(seen, "closes", "closed by client 1000");
            assertShows(seen, "certificates", "localhost, plane.example, 127.0.0.1");
            assertShows(seen, "certificates", "1 day left");
            assertShows(seen, "attention", "its renewal is overdue");
            assertShows(seen, "configuration", "asked for by whoever started the program");
        }
    }

    @Test
    void anUpgradeThatIsLostBehindTheProxyIsSaidToBeLostThere() throws Exception {
        try (NodeScript live = NodeScript.start("live.mjs", Map.of());
                NodeScript between = NodeScript.start("strip-upgrade.mjs", Map.of(), String.valueOf(live.port()));
                ProgramProcess program = program(between.port(), "")) {
            Config seen = browse(program, "lost-behind", "http://" + plain(program));
            assertSays(seen, "Plane's live server", "/live/health answers 200.");
            assertSays(seen, "The WebSocket", "answered 404 (Not Found): the Upgrade was lost behind this proxy");
            assertEquals("bad", seen.getString("verdict.outcome"), seen::toString);
            assertShows(seen, "failures", "upgrade-refused-by-upstream");
        }
    }

    @Test
    void anUpgradeThatIsLostInFrontOfTheProxyIsSaidToBeLostThere() throws Exception {
        try (NodeScript live = NodeScript.start("live.mjs", Map.of());
                ProgramProcess program = program(live.port(), "");
                NodeScript front = NodeScript.start(
                        "strip-upgrade.mjs",
                        Map.of(),
                        plain(program).substring(plain(program).lastIndexOf(':') + 1))) {
            Config seen = browse(program, "lost-in-front", "http://127.0.0.1:" + front.port());
            assertSays(
                    seen,
                    "The WebSocket",
                    "came here from 127.0.0.1 as an ordinary request: its Upgrade was lost before this proxy");
            assertEquals("bad", seen.getString("verdict.outcome"), seen::toString);
        }
    }

    @Test
    void anUpstreamThatIsAwayIsSaidToBeAway() throws Exception {
        try (RefusingPort away = RefusingPort.take();
                ProgramProcess program = program(away.address().getPort(), "websocket.hold = off")) {
            Config seen = browse(program, "away", "http://" + plain(program));
            assertSays(seen, "The page", "(upstream-refused). The upstream refuses connections.");
            assertSays(seen, "The WebSocket", "This proxy answered 502 (upstream-refused)");
            assertShows(seen, "attention", "has been away for");
            assertShows(seen, "upstreams", "Start Plane");
        }
    }

    /** @param more lines of the configuration */
    private ProgramProcess program(int upstream, String more) throws Exception {
        Path file = folder.write(upstream, more);
        ProgramProcess program = ProgramProcess.start("run", "--config", file.toString());
        program.await("answering questions at ");
        return program;
    }

    private static InetSocketAddress port(ProgramProcess program, String line) throws InterruptedException {
        return new InetSocketAddress(
                "127.0.0.1", Integer.parseInt(program.await(line).group(1)));
    }

    private static String plain(ProgramProcess program) throws InterruptedException {
        return program.await("listening on (127\\.0\\.0\\.1:\\d+) for http,").group(1);
    }

    private static Config browse(ProgramProcess program, String name, String address) throws Exception {
        String page = program.await("answering questions at (\\S+)").group(1);
        Path screenshot = Files.createDirectories(Path.of("target"))
                .resolve("status-" + name + ".png")
                .toAbsolutePath();
        String chromium = Tool.CHROMIUM.path().toString();
        try (NodeScript script = NodeScript.start(
                "status-page-in-chromium.mjs", Map.of(), page + "/", chromium, screenshot.toString(), address)) {
            Config seen = script.next(Duration.ofSeconds(150));
            assertTrue(seen.getBoolean("ok"), seen::toString);
            assertEquals(List.of(), seen.getStringList("faults"));
            assertEquals("none", seen.getString("scripts"));
            assertTrue(seen.getInt("width") <= PHONE, () -> "scrolls to the side: " + seen.getInt("width"));
            return seen;
        }
    }

    private static void assertSays(Config seen, String title, String sentence) {
        String text = seen.getConfigList("steps").stream()
                .filter(step -> step.getString("title").equals(title))
                .map(step -> step.getString("text"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no step \"" + title + "\" in " + seen));
        assertTrue(text.contains(sentence), text);
    }

    private static void assertShows(Config seen, String section, String text) {
        String shown = seen.getConfig("sections").getString(section);
        assertTrue(shown.contains(text), shown);
    }
}
