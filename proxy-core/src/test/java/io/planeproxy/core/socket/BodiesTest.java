package io.planeproxy.core.socket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.core.kit.Cuts;
import io.planeproxy.core.kit.Framing;
import io.planeproxy.core.kit.Gate;
import io.planeproxy.core.kit.Meter;
import io.planeproxy.core.kit.ProxyUnderTest;
import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.Reply;
import io.planeproxy.core.kit.Request;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import io.planeproxy.core.kit.Wire;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bodies in both directions: the limit, streaming, and who waits for whom. */
class BodiesTest {
    private static final int LIMIT = 10 * 1024 * 1024;
    private static final Script OK = Script.reply(Script.ok("taken"));

    @Test
    void exactlyTenMebibytesWithALengthPassUnchanged() {
        byte[] body = randomBytes(LIMIT);
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(OK);
                ProxyUnderTest proxy = Proxies.inFrontOf(upstream.address());
                RawClient client = RawClient.to(proxy.plain())) {
            client.send(headWithLength(LIMIT));
            client.sendBeside(Cuts.every(65_536, body));
            assertEquals(200, client.reply("POST").status());
            Request got = upstream.awaitRequest();
            assertEquals(Framing.LENGTH, got.framing());
            assertArrayEquals(body, got.body());
        }
    }

    @Test
    void exactlyTenMebibytesInChunksPassUnchanged() {
        byte[] body = randomBytes(LIMIT);
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(OK);
                ProxyUnderTest proxy = Proxies.inFrontOf(upstream.address());
                RawClient client = RawClient.to(proxy.plain())) {
            client.send(headWithChunks());
            client.sendBeside(List.of(chunked(body), Wire.bytes("0\r\n\r\n")));
            assertEquals(200, client.reply("POST").status());
            assertArrayEquals(body, upstream.awaitRequest().body());
        }
    }

    @Test
    void aLengthOneByteOverTheLimitIsAnswered413AndTheUpstreamSeesNothing() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(OK);
                ProxyUnderTest proxy = Proxies.inFrontOf(upstream.address());
                RawClient client = RawClient.to(proxy.plain())) {
            client.send(headWithLength(LIMIT + 1));
            Reply reply = client.reply("POST");
            assertEquals(413, reply.status());
            assertTrue(reply.bodyText().contains("10"), "the answer names the limit: " + reply.bodyText());
            assertTrue(client.ended());
            assertEquals(0, upstream.connectionCount());
        }
    }

    @Test
    void a413CanBeReadByAClientThatIsStillSending() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(OK);
                ProxyUnderTest proxy = Proxies.inFrontOf(upstream.address());
                RawClient client = RawClient.to(proxy.plain())) {
            client.send(headWithLength(LIMIT + 1));
            client.sendBeside(Cuts.every(65_536, randomBytes(LIMIT + 1)));
            assertEquals(413, client.reply("POST").status());
        }
    }

    @Test
    void aChunkedBodyOneByteOverTheLimitIsCutOffWith413AndNeverWholeAtTheUpstream() {
        ScriptedUpstream upstream = ScriptedUpstream.answering(OK);
        try (upstream) {
            try (ProxyUnderTest proxy = Proxies.inFrontOf(upstream.address());
                    RawClient client = RawClient.to(proxy.plain())) {
                client.send(headWithChunks());
                client.sendBeside(List.of(chunked(randomBytes(LIMIT + 1)), Wire.bytes("0\r\n\r\n")));
                assertEquals(413, client.reply("POST").status());
                upstream.awaitConnection(1).awaitEnd();
            }
            assertEquals(List.of(), upstream.requests());
        }
    }

    @Test
    void expect100IsAnsweredByThisProxyAndNotForwarded() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(OK);
                ProxyUnderTest proxy = Proxies.inFrontOf(upstream.address());
                RawClient client = RawClient.to(proxy.plain())) {
            client.send("POST /x HTTP/1.1\r\nHost: plane.example\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
            assertEquals(100, client.interim().status());
            assertEquals(200, client.send("hello").reply("POST").status());
            Request got = upstream.awaitRequest();
            assertFalse(got.has("Expect"));
            assertEquals("hello", got.bodyText());
        }
    }

    @Test
    void anEarly413OfTheUpstreamIsRelayedWhileTheBodyFlowsAndItsConnectionNotUsedAgain() {
        Script early = exchange -> {
            exchange.bytes(1000);
            exchange.write("HTTP/1.1 413 Content Too Large\r\nContent-Length: 3\r\n\r\nbig");
            exchange.untilEnd();
        };
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.inTurn(early, Script.tellTarget()));
                ProxyUnderTest proxy = Proxies.inFrontOf(upstream.address())) {
            try (RawClient client = RawClient.to(proxy.plain())) {
                client.send(headWithLength(LIMIT)).send(new byte[100_000]);
                Reply reply = client.reply("POST");
                assertEquals("413 big", reply.status() + " " + reply.bodyText());
                assertEquals(List.of("close"), reply.values("Connection"));
                assertTrue(client.ended());
            }
            upstream.awaitConnection(1).awaitEnd();
            try (RawClient client = RawClient.to(proxy.plain())) {
                assertEquals("/next", client.send(get("/next")).reply("GET").bodyText());
            }
            assertEquals(2, upstream.connectionCount());
        }
    }

    /** RFC 9112 §9.6: whoever is told so may stop sending, or go on to the end. */
    @Test
    void anUploadIsFinishedBehindAnEarlyReplyWhichSaysThatTheConnectionEnds() {
        Script early = exchange -> {
            exchange.bytes(5);
            exchange.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhe");
            exchange.bytes(5);
            exchange.write("re");
        };
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(early);
                ProxyUnderTest proxy = Proxies.inFrontOf(upstream.address());
                RawClient client = RawClient.to(proxy.plain())) {
            Reply head = client.send(headWithLength(10) + "hello").head();
            assertEquals(List.of("close"), head.values("Connection"));
            assertEquals("here", client.send("world").untilEnd().text());
        }
    }

    @Test
    void theFirstBytesOfABodyReachTheUpstreamBeforeTheLastAreSent() {
        Gate gotFirst = new Gate("first bytes at the upstream");
        Script watches = exchange -> {
            exchange.bytes(5);
            gotFirst.open();
            exchange.bytes(5);
            exchange.write(Script.ok(""));
            exchange.close();
        };
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(watches);
                ProxyUnderTest proxy = Proxies.inFrontOf(upstream.address());
                RawClient client = RawClient.to(proxy.plain())) {
            client.send(headWithLength(10) + "hello");
            gotFirst.await();
            assertEquals(200, client.send("world").reply("POST").status());
        }
    }

    @Test
    void aSlowReaderStopsTheUpstreamAndLosesNothing() {
        int total = 64 * 1024 * 1024;
        byte[] piece = randomBytes(64 * 1024);
        Meter written = new Meter();
        Script floods = exchange -> {
            exchange.request();
            exchange.write("HTTP/1.1 200 OK\r\nContent-Length: " + total + "\r\n\r\n");
            for (int at = 0; at < total; at += piece.length) {
                exchange.write(piece);
                written.add(piece.length);
            }
        };
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(floods);
                ProxyUnderTest proxy = Proxies.inFrontOf(upstream.address());
                RawClient client = RawClient.withSmallWindow(proxy.plain(), 64 * 1024)) {
            client.send(get("/flood"));
            written.awaitAtLeast(piece.length);
            long taken = written.awaitQuiet(Duration.ofMillis(300));
            assertTrue(taken < total / 2, taken + " bytes were taken for a client that reads nothing");
            assertEquals(total, client.reply("GET").body().length);
        }
    }

    @Test
    void aSlowUpstreamStopsTheClient() {
        // Far more than all the kernel's buffers on the way can take.
        int total = 64 * 1024 * 1024;
        Gate read = new Gate("upstream reads");
        Script sleeps = exchange -> {
            read.await();
            exchange.write(Script.ok(String.valueOf(exchange.request().body().length)));
        };
        Meter sent = new Meter();
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(sleeps);
                ProxyUnderTest proxy = Proxies.withoutBodyLimit(upstream.address());
                RawClient client = RawClient.to(proxy.plain())) {
            client.send(headWithLength(total));
            Thread.ofVirtual()
                    .start(() -> Cuts.every(16_384, new byte[total]).forEach(piece -> {
                        client.send(piece);
                        sent.add(piece.length);
                    }));
            upstream.awaitHead();
            long taken = sent.awaitQuiet(Duration.ofMillis(300));
            assertTrue(taken < total / 2, taken + " bytes were taken for an upstream that reads nothing");
            read.open();
            assertEquals(String.valueOf(total), client.reply("POST").bodyText());
        }
    }

    private static String get(String target) {
        return "GET " + target + " HTTP/1.1\r\nHost: plane.example\r\n\r\n";
    }

    private static String headWithLength(long length) {
        return "POST /upload HTTP/1.1\r\nHost: plane.example\r\nContent-Length: " + length + "\r\n\r\n";
    }

    private static String headWithChunks() {
        return "POST /upload HTTP/1.1\r\nHost: plane.example\r\nTransfer-Encoding: chunked\r\n\r\n";
    }

    private static byte[] chunked(byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Cuts.random(11, 50_000, body).forEach(piece -> {
            out.writeBytes(Wire.bytes(Integer.toHexString(piece.length) + "\r\n"));
            out.writeBytes(piece);
            out.writeBytes(Wire.bytes("\r\n"));
        });
        return out.toByteArray();
    }

    private static byte[] randomBytes(int count) {
        byte[] bytes = new byte[count];
        new Random(5).nextBytes(bytes);
        return bytes;
    }
}
