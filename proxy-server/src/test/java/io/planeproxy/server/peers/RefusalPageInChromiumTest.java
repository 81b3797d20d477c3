package io.planeproxy.server.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import io.planeproxy.server.AssembledProxy;
import io.planeproxy.server.TestIdentity;
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

/** What a real browser makes of the proxy's own page for an upstream that is away. */
@Timeout(value = 150, unit = TimeUnit.SECONDS)
final class RefusalPageInChromiumTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void tools() {
        Tool.need(Tool.NODE, Tool.CHROMIUM);
    }

    @Test
    void thePageOfAnUpstreamThatIsAwayComesBackByItself() throws Exception {
        InetSocketAddress away = free();
        Path screenshot = Files.createDirectories(Path.of("target"))
                .resolve("refusal.png")
                .toAbsolutePath();
        try (AssembledProxy proxy = AssembledProxy.inFrontOf(away, TestIdentity.in(folder));
                NodeScript browser = NodeScript.start(
                        "refusal-page-in-chromium.mjs",
                        Map.of(),
                        proxy.https() + "/some/page?a=1#place",
                        Tool.CHROMIUM.path().toString(),
                        screenshot.toString())) {
            Config shown = browser.next(Duration.ofSeconds(60));
            assertEquals("502 Bad Gateway", shown.getString("title"));
            assertTrue(shown.getString("text").contains("http://127.0.0.1:" + away.getPort()), shown::toString);
            assertEquals("This page tries again by itself.", shown.getString("again"));
            assertTrue(shown.getBoolean("isStyled"), shown::toString);
            try (ScriptedUpstream back = ScriptedUpstream.at(away, Script.reply(Script.ok("It is back.")))) {
                Config seen = browser.next(Duration.ofSeconds(90));
                assertTrue(seen.getBoolean("ok"), seen::toString);
                assertEquals("It is back.", seen.getString("text"));
                assertEquals(proxy.https() + "/some/page?a=1#place", seen.getString("address"));
                assertEquals(List.of(), seen.getStringList("faults"));
            }
        }
    }

    private static InetSocketAddress free() {
        try (ScriptedUpstream gone = ScriptedUpstream.answering(Script.tellTarget())) {
            return gone.address();
        }
    }
}
