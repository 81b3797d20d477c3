package io.planeproxy.core.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.planeproxy.core.kit.EngineUnderTest;
import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.Reply;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import io.planeproxy.core.kit.WebSocketHandshake;
import io.planeproxy.core.route.Origins;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** From which pages a WebSocket may be opened. */
class WebSocketOriginTest {
    private static final Script ECHO = exchange -> {
        if (exchange.head().has("Upgrade")) {
            Script.upgradeAndEcho().serve(exchange);
        } else {
            Script.tellTarget().serve(exchange);
        }
    };

    @Test
    void anyPageMayByDefault() {
        assertEquals(101, status(Origins.ANY, "Origin: https://evil.example\r\n"));
        assertEquals(101, status(Origins.ANY, "Origin: null\r\n"));
    }

    @Test
    void onlyPagesOfTheHostThatIsAskedForMayWhereThatIsSaid() {
        assertEquals(101, status(Origins.SAME, "Origin: https://plane.example\r\n"));
        assertEquals(101, status(Origins.SAME, "Origin: http://PLANE.example\r\n"));
        assertEquals(403, status(Origins.SAME, "Origin: https://evil.example\r\n"));
        assertEquals(403, status(Origins.SAME, "Origin: https://plane.example.evil.example\r\n"));
        assertEquals(403, status(Origins.SAME, "Origin: https://plane.example:8443\r\n"));
        assertEquals(403, status(Origins.SAME, "Origin: https://plane.example@evil.example\r\n"));
        assertEquals(403, status(Origins.SAME, "Origin: null\r\n"));
        assertEquals(403, status(Origins.SAME, "Origin: \r\n"));
        assertEquals(403, status(Origins.SAME, "Origin: https://plane.example\r\nOrigin: https://plane.example\r\n"));
    }

    @Test
    void onlyListedPagesMayWhereThereIsAList() {
        Origins listed = new Origins.Listed(Set.of("https://a.example", "http://b.example:8080"));
        assertEquals(101, status(listed, "Origin: https://a.example\r\n"));
        assertEquals(101, status(listed, "Origin: http://B.example:8080\r\n"));
        assertEquals(403, status(listed, "Origin: https://plane.example\r\n"));
        assertEquals(403, status(listed, "Origin: http://a.example\r\n"));
    }

    @Test
    void aClientWithoutOriginIsNoBrowserAndPasses() {
        assertEquals(101, status(Origins.SAME, ""));
        assertEquals(101, status(new Origins.Listed(Set.of("https://a.example")), ""));
    }

    @Test
    void aRefusalSaysWhyAndOrdinaryRequestsOfEveryPagePass() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(ECHO);
                EngineUnderTest proxy = EngineUnderTest.with(upstream.address())
                        .origins(Origins.SAME)
                        .start()) {
            try (RawClient page = RawClient.to(proxy.plain())) {
                Reply refused =
                        page.send(handshake("Origin: https://evil.example\r\n")).reply("GET");
                assertEquals(List.of("origin-denied"), refused.values("X-Plane-Proxy-Cause"));
                assertEquals(List.of("close"), refused.values("Connection"));
            }
            try (RawClient page = RawClient.to(proxy.plain())) {
                page.send("GET /x HTTP/1.1\r\nHost: plane.example\r\nOrigin: https://evil.example\r\n\r\n");
                assertEquals(200, page.reply("GET").status());
            }
            assertEquals(1, upstream.requests().size());
        }
    }

    private static int status(Origins origins, String field) {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(ECHO);
                EngineUnderTest proxy = EngineUnderTest.with(upstream.address())
                        .origins(origins)
                        .start();
                RawClient client = RawClient.to(proxy.plain())) {
            return client.send(handshake(field)).head().status();
        }
    }

    private static String handshake(String field) {
        return WebSocketHandshake.request("/live")
                .replace("Connection: Upgrade\r\n", "Connection: Upgrade\r\n" + field);
    }
}
