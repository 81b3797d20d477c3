package io.planeproxy.core.socket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.core.cause.Cause;
import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.kit.Cuts;
import io.planeproxy.core.kit.Ending;
import io.planeproxy.core.kit.EngineUnderTest;
import io.planeproxy.core.kit.Frames;
import io.planeproxy.core.kit.Gate;
import io.planeproxy.core.kit.Patience;
import io.planeproxy.core.kit.ProxyUnderTest;
import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.Reply;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import io.planeproxy.core.kit.WebSocketHandshake;
import io.planeproxy.core.kit.Wire;
import io.planeproxy.core.relay.ExchangeRecord;
import io.planeproxy.core.relay.TunnelSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The switch to a tunnel, and the tunnel: no byte lost, none overtaken, both ends passed on. */
class UpgradeTest {
    private static final int MEBIBYTE = 1024 * 1024;
    private static final String UPGRADE = WebSocketHandshake.request("/live/collaboration?documentType=project_page");

    @Test
    void theClientGetsThe101OfTheUpstream() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.upgradeAndEcho());
                ProxyUnderTest proxy = Proxies.inFrontOf(upstream.address());
                RawClient client = RawClient.to(proxy.plain())) {
            Reply switched = client.send(UPGRADE).interim();
            assertEquals(101, switched.status());
            assertEquals(List.of("websocket"), switched.values("Upgrade"));
            assertEquals(
                    List.of("upgrade"),
                    switched.values("Connection").stream()
                            .map(value -> value.toLowerCase(Locale.ROOT))
                            .toList());
            assertEquals(
                    List.of(WebSocketHandshake.accept(WebSocketHandshake.KEY)),
                    switched.values("Sec-WebSocket-Accept"));
            assertEquals(
                    "/live/collaboration?documentType=project_page",
                    upstream.awaitHead().target());
        }
    }

    @Test
    void bytesAfterTheUpgradeHeadReachTheUpstreamFirst() {
        Script script = exchange -> {
            exchange.switchProtocols();
            exchange.write("got " + Wire.text(exchange.bytes(11)));
            exchange.untilEnd();
        };
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(script);
                ProxyUnderTest proxy = Proxies.inFrontOf(upstream.address());
                RawClient client = RawClient.to(proxy.plain())) {
            client.send(UPGRADE + "first,");
            assertEquals(101, client.interim().status());
            client.send("later");
            assertEquals("got first,later", Wire.text(client.bytes(15)));
        }
    }

    @Test
    void bytesGluedToThe101ReachTheClientFirst() {
        Script script = exchange -> {
            exchange.switchProtocols("glued,");
            exchange.write("later");
            exchange.untilEnd();
        };
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(script);
                ProxyUnderTest proxy = Proxies.inFrontOf(upstream.address());
                RawClient client = RawClient.to(proxy.plain())) {
            assertEquals(101, client.send(UPGRADE).interim().status());
            assertEquals("glued,later", Wire.text(client.bytes(11)));
        }
    }

    @Test
    void theHandshakeMayComeByteByByteFromBothSides() {
        Script script = exchange -> {
            exchange.write(Cuts.every(1, Wire.bytes(WebSocketHandshake.switching(WebSocketHandshake.KEY) + "hi")));
            exchange.echo();
        };
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(script);
                ProxyUnderTest proxy = Proxies.inFrontOf(upstream.address());
                RawClient client = RawClient.to(proxy.plain())) {
            client.sendByteByByte(UPGRADE + "abc");
            assertEquals(101, client.interim().status());
            assertEquals("hiabc", Wire.text(client.bytes(5)));
        }
    }

    @Test
    void aClientThatHalfClosesStillGetsWhatTheUpstreamSays() {
        Script script = exchange -> {
            exchange.switchProtocols();
            String all = exchange.untilEnd().text();
            exchange.write("you said " + all);
            exchange.close();
        };
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(script);
                ProxyUnderTest proxy = Proxies.inFrontOf(upstream.address());
                RawClient client = RawClient.to(proxy.plain())) {
            assertEquals(101, client.send(UPGRADE).interim().status());
            client.send("bye").halfClose();
            assertEquals("you said bye", client.untilEnd().text());
        }
    }

    @Test
    void anUpstreamThatHalfClosesStillGetsWhatTheClientSays() {
        Gate heard = new Gate("the upstream heard the client's last word");
        Script script = exchange -> {
            exchange.switchProtocols();
            exchange.write("bye");
            exchange.halfClose();
            if (exchange.untilEnd().text().equals("you too")) {
                heard.open();
            }
        };
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(script);
                ProxyUnderTest proxy = Proxies.inFrontOf(upstream.address());
                RawClient client = RawClient.to(proxy.plain())) {
            assertEquals(101, client.send(UPGRADE).interim().status());
            assertEquals("bye", client.untilEnd().text());
            client.send("you too").halfClose();
            heard.await();
        }
    }

    @Test
    void nothingIsLostThatAnUpstreamWhichHasHalfClosedTakesSlowly() {
        byte[] up = randomBytes(8 * MEBIBYTE, 1);
        Script script = exchange -> {
            exchange.switchProtocols();
            exchange.halfClose();
            exchange.untilEnd();
            exchange.close();
        };
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(script);
                ProxyUnderTest proxy = Proxies.inFrontOf(upstream.address());
                RawClient client = RawClient.to(proxy.plain())) {
            assertEquals(101, client.send(UPGRADE).interim().status());
            assertTrue(client.ended());
            var sending = client.sendBeside(Cuts.every(64 * 1024, up));
            assertEquals(up.length, sending.join());
            client.halfClose();
            assertEquals(Ending.CLOSED, upstream.awaitConnection(1).awaitEnd());
            assertArrayEquals(up, afterTheHead(upstream.awaitConnection(1).received()));
        }
    }

    @Test
    void aResetOfTheClientEndsTheUpstreamsConnection() {
        Script script = exchange -> {
            exchange.switchProtocols();
            exchange.untilEnd();
            exchange.close();
        };
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(script);
                ProxyUnderTest proxy = Proxies.inFrontOf(upstream.address());
                RawClient client = RawClient.to(proxy.plain())) {
            assertEquals(101, client.send(UPGRADE).interim().status());
            client.reset();
            upstream.awaitConnection(1).awaitEnd();
        }
    }

    @Test
    void aResetOfTheUpstreamEndsTheClientsConnection() {
        Script script = exchange -> {
            exchange.switchProtocols();
            exchange.bytes(2);
            exchange.reset();
        };
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(script);
                ProxyUnderTest proxy = Proxies.inFrontOf(upstream.address());
                RawClient client = RawClient.to(proxy.plain())) {
            assertEquals(101, client.send(UPGRADE).interim().status());
            assertTrue(client.send("go").ended());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aMebibyteEachWayIsUnchangedHoweverItIsCut(long seed) {
        byte[] up = randomBytes(MEBIBYTE, seed);
        byte[] down = randomBytes(MEBIBYTE, seed + 100);
        Script script = exchange -> {
            exchange.switchProtocols();
            Thread writer = Thread.ofVirtual().start(() -> {
                try {
                    exchange.write(Cuts.random(seed, 9000, down));
                    exchange.halfClose();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            exchange.untilEnd();
            joined(writer);
            exchange.close();
        };
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(script);
                ProxyUnderTest proxy = Proxies.inFrontOf(upstream.address());
                RawClient client = RawClient.to(proxy.plain())) {
            assertEquals(101, client.send(UPGRADE).interim().status());
            var sent = client.sendBeside(Cuts.random(seed + 1, 9000, up));
            assertArrayEquals(down, client.bytes(down.length));
            assertEquals(up.length, sent.join());
            client.halfClose();
            assertTrue(client.ended());
            assertEquals(Ending.CLOSED, upstream.awaitConnection(1).awaitEnd());
            assertArrayEquals(up, afterTheHead(upstream.awaitConnection(1).received()));
        }
    }

    @Test
    void openTunnelsCanBeLookedAtFromAnyThread() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.upgradeAndEcho());
                EngineUnderTest proxy = EngineUnderTest.inFrontOf(upstream.address());
                RawClient client = RawClient.to(proxy.plain())) {
            assertEquals(List.of(), proxy.openTunnels());
            assertEquals(101, client.send(UPGRADE).interim().status());
            byte[] frame = Frames.frame(0x82, new byte[10], true, new Random(1));
            client.send(frame).bytes(frame.length);
            TunnelSnapshot open = proxy.openTunnels().getFirst();
            assertEquals("127.0.0.1", open.clientAddress());
            assertEquals(frame.length, open.fromClient().bytes());
            assertEquals(1, open.fromClient().frames().orElseThrow().frames());
            assertEquals(1, open.fromUpstream().frames().orElseThrow().messages());
        }
    }

    @Test
    void theBodyLimitDoesNotApplyInsideATunnel() {
        byte[] piece = new byte[1024 * 1024];
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.upgradeAndEcho());
                ProxyUnderTest proxy = Proxies.inFrontOf(upstream.address());
                RawClient client = RawClient.to(proxy.plain())) {
            assertEquals(101, client.send(UPGRADE).interim().status());
            for (int i = 0; i < 12; i++) {
                client.sendBeside(List.of(piece));
                assertEquals(piece.length, client.bytes(piece.length).length);
            }
        }
    }

    @Test
    void aRefusedUpgradeIsAnOrdinaryReplyAndTheConnectionGoesOn() {
        Script refuses =
                Script.reply("HTTP/1.1 404 Not Found\r\nContent-Length: 23\r\n\r\n{\"message\":\"Not Found\"}");
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.inTurn(refuses, Script.tellTarget()));
                ProxyUnderTest proxy = Proxies.inFrontOf(upstream.address());
                RawClient client = RawClient.to(proxy.plain())) {
            Reply refused = client.send(UPGRADE).reply("GET");
            assertEquals("404 {\"message\":\"Not Found\"}", refused.status() + " " + refused.bodyText());
            assertEquals(
                    "/next",
                    client.send("GET /next HTTP/1.1\r\nHost: plane.example\r\n\r\n")
                            .reply("GET")
                            .bodyText());
        }
    }

    @Test
    void aRefusedUpgradeIsToldAsWhatItIs() throws Exception {
        Script refuses = Script.reply("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.inTurn(refuses, Script.tellTarget()));
                EngineUnderTest proxy = EngineUnderTest.inFrontOf(upstream.address());
                RawClient client = RawClient.to(proxy.plain())) {
            client.send(UPGRADE).reply("GET");
            Refusal told = ended(proxy).outcome().failure().orElseThrow();
            assertEquals(Cause.UPGRADE_REFUSED_BY_UPSTREAM, told.cause());
            assertEquals("http://127.0.0.1:" + upstream.address().getPort() + " answered 404", told.detail());
            client.send("GET /next HTTP/1.1\r\nHost: plane.example\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n")
                    .reply("GET");
            assertEquals("complete", ended(proxy).outcome().words());
        }
    }

    private static ExchangeRecord ended(EngineUnderTest proxy) throws InterruptedException {
        return Objects.requireNonNull(
                proxy.journal().exchanges().poll(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS), "an exchange");
    }

    @Test
    void aRequestBehindARefusedUpgradeIsServed() {
        Script refuses = Script.reply("HTTP/1.1 426 Upgrade Required\r\nContent-Length: 0\r\n\r\n");
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.inTurn(refuses, Script.tellTarget()));
                ProxyUnderTest proxy = Proxies.inFrontOf(upstream.address());
                RawClient client = RawClient.to(proxy.plain())) {
            client.send(UPGRADE + "GET /next HTTP/1.1\r\nHost: plane.example\r\n\r\n");
            assertEquals(426, client.reply("GET").status());
            assertEquals("/next", client.reply("GET").bodyText());
        }
    }

    private static void joined(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] afterTheHead(byte[] received) {
        int head = Wire.text(received).indexOf("\r\n\r\n") + 4;
        return Arrays.copyOfRange(received, head, received.length);
    }

    private static byte[] randomBytes(int count, long seed) {
        byte[] bytes = new byte[count];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
