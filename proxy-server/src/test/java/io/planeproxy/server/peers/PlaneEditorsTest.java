package io.planeproxy.server.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import io.planeproxy.server.AssembledProxy;
import io.planeproxy.server.TestIdentity;
import io.planeproxy.tls.PemFiles;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Plane's editor and Plane's collaboration server, with the proxy between them. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
final class PlaneEditorsTest {
    private static final Duration LIMIT = Duration.ofSeconds(40);

    @TempDir
    private Path folder;

    @BeforeEach
    void tools() {
        Tool.need(Tool.NODE);
    }

    @Test
    void anEditOfOneIsSeenByTheOtherInBothDirections() throws Exception {
        PemFiles identity = TestIdentity.in(folder);
        try (NodeScript live = NodeScript.start("live.mjs", Map.of());
                AssembledProxy front = AssembledProxy.inFrontOf(onLoopback(live.port()), identity)) {
            Config result = editors(front, identity);
            assertTrue(result.getBoolean("synced"), result::toString);
            assertEquals("Ann was here. So was Bob.", result.getString("texts.ann"));
            assertEquals("Ann was here. So was Bob.", result.getString("texts.bob"));

            Config login = live.next(LIMIT);
            assertEquals("session-id=", login.getString("cookie").substring(0, "session-id=".length()));
            assertEquals(front.https().getAuthority(), login.getString("host"));
            assertEquals("https", login.getString("proto"));
        }
    }

    @Test
    void withoutTheUpgradeHeadersBothAreBlindAndTheHandshakeIsAnswered404() throws Exception {
        PemFiles identity = TestIdentity.in(folder);
        try (NodeScript live = NodeScript.start("live.mjs", Map.of());
                NodeScript wrong = NodeScript.start("strip-upgrade.mjs", Map.of(), String.valueOf(live.port()));
                AssembledProxy front = AssembledProxy.inFrontOf(onLoopback(wrong.port()), identity)) {
            Config result = editors(front, identity);
            assertFalse(result.getBoolean("synced"), result::toString);
            assertEquals("", result.getString("texts.bob"));
            assertTrue(result.getConfigList("handshakes").size() >= 3, result::toString);
            for (Config handshake : result.getConfigList("handshakes")) {
                assertEquals(404, handshake.getInt("status"));
                assertEquals("{\"message\":\"Not Found\"}", handshake.getString("body"));
            }
        }
    }

    /** Plane's editor gives up after three closes in a row, which is one second of refused handshakes. */
    @Test
    void aRestartOfTheLiveServerThatTakesEightSecondsCostsEachEditorOneCloseAndNoWord() throws Exception {
        PemFiles identity = TestIdentity.in(folder);
        try (NodeScript live = NodeScript.start("live.mjs", Map.of())) {
            int port = live.port();
            try (AssembledProxy front = AssembledProxy.inFrontOf(onLoopback(port), identity);
                    TypingEditors editors = TypingEditors.at(front.https().getPort(), identity.certificate())) {
                live.kill();
                editors.awaitBothClosedOnce(Duration.ofSeconds(8));
                try (NodeScript again = NodeScript.start("live.mjs", Map.of(), String.valueOf(port))) {
                    assertEquals(port, again.port());
                    editors.awaitBothBack();
                    TypingEditors.Result result = editors.stop();
                    assertEquals(1, result.closes("ann").size(), result::toString);
                    assertEquals(1, result.closes("bob").size(), result::toString);
                    result.assertHandshakes(101, 101);
                    result.assertNoWordIsLost();
                }
            }
        }
    }

    private static Config editors(AssembledProxy front, PemFiles identity) throws Exception {
        try (NodeScript editors = NodeScript.start("two-editors.mjs", trust(identity), address(front))) {
            return editors.next(LIMIT);
        }
    }

    private static String address(AssembledProxy front) {
        return "wss://" + front.https().getAuthority() + "/live/collaboration";
    }

    private static Map<String, String> trust(PemFiles identity) {
        return Map.of("NODE_EXTRA_CA_CERTS", identity.certificate().toString());
    }

    private static InetSocketAddress onLoopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
