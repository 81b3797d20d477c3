package io.planeproxy.core.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.core.cause.Cause;
import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.kit.EngineUnderTest;
import io.planeproxy.core.kit.Patience;
import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The header with which a load balancer says whose connection it passes on. */
class ProxyProtocolTest {
    private static final String GET = "GET /x HTTP/1.1\r\nHost: plane.example\r\n\r\n";
    private static final String V1 = "PROXY TCP4 203.0.113.7 127.0.0.1 40000 80\r\n";

    /** PROXY protocol 2.2: signature, version 2 with command PROXY, TCP over IPv4, 12 bytes of addresses and ports. */
    private static final String SIGNATURE = "\r\n\r\n\0\r\nQUIT\n";

    private static final String V2 = SIGNATURE + "!\21\0\14\313\0q\7\177\0\0\1\234\100\0\120";

    @Test
    void theAddressThatATrustedSenderGivesIsTheClients() {
        assertEquals("203.0.113.7", forwardedFor(V1));
        assertEquals("203.0.113.7", forwardedFor(V2));
        assertEquals("2001:db8:0:0:0:0:0:7", forwardedFor("PROXY TCP6 2001:db8::7 ::1 40000 80\r\n"));
    }

    @Test
    void aHeaderThatNamesNobodyMeansTheSenderItself() {
        assertEquals("127.0.0.1", forwardedFor("PROXY UNKNOWN\r\n"));
        assertEquals("127.0.0.1", forwardedFor(SIGNATURE + "\40\0\0\0"));
    }

    @Test
    void theHeaderMayComeInPieces() {
        for (String header : List.of(V1, V2)) {
            try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                    EngineUnderTest proxy = trusting(upstream);
                    RawClient client = RawClient.to(proxy.plain())) {
                assertEquals(
                        200, client.sendByteByByte(header + GET).reply("GET").status());
                assertEquals(List.of("203.0.113.7"), upstream.awaitRequest().values("X-Forwarded-For"));
                assertEquals(200, client.send(GET).reply("GET").status());
            }
        }
    }

    @Test
    void theRequestMayComeLongAfterTheHeader() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                EngineUnderTest proxy = EngineUnderTest.with(upstream.address())
                        .proxyProtocolFrom("127.0.0.1")
                        .timeouts(Timeouts.headWithin(Duration.ofMillis(200)))
                        .start();
                RawClient client = RawClient.to(proxy.plain())) {
            client.send(V1);
            assertTrue(client.silentFor(Duration.ofMillis(400)));
            assertEquals(200, client.send(GET).reply("GET").status());
        }
    }

    @Test
    void fromAnybodyElseTheConnectionIsRefused() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                EngineUnderTest proxy = EngineUnderTest.with(upstream.address())
                        .proxyProtocolFrom("10.0.0.0/8")
                        .start();
                RawClient client = RawClient.to(proxy.plain())) {
            assertTrue(client.ended());
            assertRefusedOnce(proxy);
        }
    }

    @Test
    void somethingElseInItsPlaceEndsTheConnection() throws Exception {
        for (String garbage : List.of(
                GET,
                "PROXY TCP4 203.0.113.7\r\n" + GET,
                "PROXY TCP4 plane.example 127.0.0.1 1 80\r\n" + GET,
                "PROXY TCP4 203.0.113.7 127.0.0.1 40000 80 " + "x".repeat(200),
                SIGNATURE + "\61\21\0\14\313\0q\7\177\0\0\1\234\100\0\120" + GET,
                "\26\3\1\2\0\1\0\1\374\3\3" + "x".repeat(500))) {
            try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                    EngineUnderTest proxy = trusting(upstream);
                    RawClient client = RawClient.to(proxy.plain())) {
                client.send(garbage);
                assertTrue(client.ended(), garbage);
                assertRefusedOnce(proxy);
                assertEquals(0, upstream.connectionCount());
            }
        }
    }

    @Test
    void aHeaderThatDoesNotComeEndsTheConnection() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                EngineUnderTest proxy = EngineUnderTest.with(upstream.address())
                        .proxyProtocolFrom("127.0.0.1")
                        .timeouts(Timeouts.headWithin(Duration.ofMillis(200)))
                        .start();
                RawClient client = RawClient.to(proxy.plain())) {
            assertTrue(client.send("PROXY").ended());
            assertRefusedOnce(proxy);
        }
    }

    @Test
    void aSenderThatOnlyLooksWhetherSomebodyIsThereIsNotTold() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                EngineUnderTest proxy = trusting(upstream);
                RawClient client = RawClient.to(proxy.plain())) {
            assertTrue(client.halfClose().ended());
            assertTrue(proxy.journal().refusals().isEmpty());
        }
    }

    @Test
    void whereItIsOffAHeaderIsNoRequest() {
        for (String header : List.of(V1, V2)) {
            try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                    EngineUnderTest proxy =
                            EngineUnderTest.with(upstream.address()).start();
                    RawClient client = RawClient.to(proxy.plain())) {
                assertEquals(400, client.send(header + GET).reply("GET").status());
                assertEquals(0, upstream.connectionCount());
            }
        }
    }

    private static String forwardedFor(String header) {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                EngineUnderTest proxy = trusting(upstream);
                RawClient client = RawClient.to(proxy.plain())) {
            assertEquals(200, client.send(header + GET).reply("GET").status());
            return String.join(" | ", upstream.awaitRequest().values("X-Forwarded-For"));
        }
    }

    private static void assertRefusedOnce(EngineUnderTest proxy) throws InterruptedException {
        Refusal refusal = proxy.journal().refusals().poll(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertTrue(refusal != null && refusal.cause() == Cause.PROXY_HEADER_INVALID, String.valueOf(refusal));
        assertTrue(proxy.journal().refusals().isEmpty(), "told once");
    }

    private static EngineUnderTest trusting(ScriptedUpstream upstream) {
        return EngineUnderTest.with(upstream.address())
                .proxyProtocolFrom("127.0.0.1")
                .start();
    }
}
