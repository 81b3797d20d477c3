package io.planeproxy.server.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.planeproxy.server.AssembledProxy;
import io.planeproxy.server.TestIdentity;
import io.planeproxy.server.demo.DemoUpstream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo's page in two tabs of a real browser, through the proxy. */
@Timeout(value = 150, unit = TimeUnit.SECONDS)
final class DemoInChromiumTest {
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

    @TempDir
    private Path folder;

    @BeforeEach
    void tools() {
        Tool.need(Tool.NODE, Tool.CHROMIUM);
    }

    @AfterEach
    void stop() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void whatIsTypedInOneTabAppearsInTheOther() throws Exception {
        Path screenshot =
                Files.createDirectories(Path.of("target")).resolve("demo.png").toAbsolutePath();
        try (DemoUpstream upstream = DemoUpstream.start(group);
                AssembledProxy front = AssembledProxy.inFrontOf(upstream.address(), TestIdentity.in(folder))) {
            Config seen = browse(front.https(), screenshot);
            assertTrue(seen.getBoolean("ok"), seen::toString);
            assertEquals(List.of(), seen.getStringList("faults"));
            assertEquals("connected over WebSocket", seen.getString("status"));
            assertTrue(seen.getString("socket").startsWith("wss://localhost:"), seen::toString);
            nothingTypedAtOnceIsLost(seen.getConfig("together"));
            whatIsTypedWithoutASocketArrivesOnceItIsBack(seen);
            whatReachedTheUpstreamIsShown(seen, front.https());
            uploadsMeetTheLimit(seen);
            assertTrue(Files.size(screenshot) > 0);
        }
    }

    private static Config browse(URI page, Path screenshot) throws Exception {
        String chromium = Tool.CHROMIUM.path().toString();
        try (NodeScript script =
                NodeScript.start("demo-in-chromium.mjs", Map.of(), page.toString(), chromium, screenshot.toString())) {
            return script.next(Duration.ofSeconds(120));
        }
    }

    private static void nothingTypedAtOnceIsLost(Config together) {
        String text = together.getString("first");
        assertEquals(text, together.getString("second"));
        String typedAtOnce = text.replace("Typed in the first tab.\n", "").replace("Typed in the second.\n", "");
        assertEquals(80, typedAtOnce.chars().filter(letter -> letter == 'x').count(), text);
        assertEquals(80, typedAtOnce.chars().filter(letter -> letter == 'y').count(), text);
    }

    private static void whatIsTypedWithoutASocketArrivesOnceItIsBack(Config seen) {
        assertEquals(seen.getString("together.first") + "Typed in between.\n", seen.getString("afterLoss"));
    }

    private static void whatReachedTheUpstreamIsShown(Config seen, URI front) {
        assertEquals("GET /headers HTTP/1.1", seen.getString("requestLine"));
        Config headers = seen.getConfig("headers");
        assertEquals(front.getAuthority(), headers.getString("host"));
        assertEquals("https", headers.getString("x-forwarded-proto"));
        assertEquals("127.0.0.1", headers.getString("x-forwarded-for"));
        assertEquals("127.0.0.1", headers.getString("x-real-ip"));
        assertTrue(seen.getString("health").startsWith("200 {\"status\":\"OK\""), seen::toString);
    }

    private static void uploadsMeetTheLimit(Config seen) {
        assertEquals("good", seen.getString("small.outcome"), seen::toString);
        assertTrue(seen.getString("small.text").contains("1,048,576 bytes"), seen::toString);
        assertEquals("refused", seen.getString("large.outcome"), seen::toString);
        assertTrue(seen.getString("large.text").startsWith("413"), seen::toString);
    }
}
