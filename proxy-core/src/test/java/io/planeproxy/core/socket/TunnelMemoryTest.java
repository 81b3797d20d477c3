package io.planeproxy.core.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.planeproxy.core.kit.EngineUnderTest;
import io.planeproxy.core.kit.Patience;
import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import io.planeproxy.core.kit.WebSocketHandshake;
import io.planeproxy.core.relay.TunnelRecord;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is kept of a request for as long as its tunnel is open, which may be days. */
final class TunnelMemoryTest {
    private static final String UPGRADE = WebSocketHandshake.request("/live")
            .replace(
                    "\r\n\r\n", "\r\nUser-Agent: u\r\nCookie: c\r\nReferer: /r\r\nX-Much: y\r\nTraceparent: t\r\n\r\n");

    @Test
    void itsFieldsAreForgottenSaveForThoseThatALogAsksFor() throws InterruptedException {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.upgradeAndEcho());
                EngineUnderTest proxy = EngineUnderTest.with(upstream.address()).start()) {
            try (RawClient client = RawClient.to(proxy.plain())) {
                assertEquals(101, client.send(UPGRADE).interim().status());
            }
            TunnelRecord tunnel = proxy.journal().tunnels().poll(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
            assertNotNull(tunnel);
            assertEquals(
                    "User-Agent, Referer, Traceparent",
                    tunnel.last().head().fields().toString());
            assertEquals("GET /live", tunnel.last().head().toString());
        }
    }
}
