package io.planeproxy.server.accesslog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.Reply;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import io.planeproxy.core.kit.WebSocketHandshake;
import io.planeproxy.core.kit.Wire;
import io.planeproxy.server.AssembledProxy;
import io.planeproxy.server.TestIdentity;
import io.planeproxy.tls.PemFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Over a limit: its status, {@code Connection: close}, the end of the connection, and one line with the cause. */
final class LimitsTest {
    private static final String HOST = " HTTP/1.1\r\nHost: plane.example\r\n";
    private static final String GET = "GET /x" + HOST + "\r\n";
    private static final String POST = "POST /x" + HOST;
    private static final Script SILENT = exchange -> exchange.untilEnd();

    @TempDir
    private static Path folder;

    private static PemFiles identity;

    @BeforeAll
    static void makeTheCertificateOnce() {
        identity = TestIdentity.in(folder);
    }

    /** Meets a limit, and closes all but the client that is refused. */
    private interface Hit {
        RawClient by(AssembledProxy proxy);
    }

    private record Limit(String settings, Script upstream, Hit hit, int status, String cause) {
        @Override
        public String toString() {
            return settings + " is " + status + " " + cause;
        }
    }

    static Stream<Limit> limits() {
        return Stream.of(
                limit(
                        "limits.request-line = 256",
                        saying("GET /" + "x".repeat(256) + HOST),
                        414,
                        "request-line-too-long"),
                limit(
                        "limits.fields = 1K",
                        saying("GET /x" + HOST + "X: " + "y".repeat(1024)),
                        431,
                        "fields-too-large"),
                limit(
                        "limits.field-count = 10",
                        saying("GET /x" + HOST + "X: y\r\n".repeat(10)),
                        431,
                        "fields-too-large"),
                limit("max-body = 4B", saying(POST + "Content-Length: 5\r\n\r\n"), 413, "body-over-limit"),
                limit(
                        "max-body = 4B",
                        saying(POST + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"),
                        413,
                        "body-over-limit"),
                limit(
                        "",
                        saying(POST + "Transfer-Encoding: chunked\r\n\r\n5;" + "x".repeat(300)),
                        400,
                        "malformed-chunk"),
                limit("timeouts.head = 300ms", saying("GET /x" + HOST), 408, "head-timeout"),
                limit(
                        "timeouts.body-idle = 300ms",
                        saying(POST + "Content-Length: 5\r\n\r\nhell"),
                        408,
                        "body-timeout"),
                limit("timeouts.body-idle = 500ms, limits.body-rate = 1000000", LimitsTest::drip, 408, "body-timeout"),
                limit("limits.connections = 1", LimitsTest::second, 503, "too-many-connections"),
                limit("limits.connections-per-address = 1", LimitsTest::second, 503, "too-many-connections"),
                limit("rate-limit { per-second = 1, burst = 0 }", LimitsTest::tooSoon, 429, "rate-limited"),
                limit("access.deny = [\"127.0.0.0/8\"]", saying(GET), 403, "address-denied"),
                limit(
                        "websocket.origins = same",
                        saying(WebSocketHandshake.request("/live")
                                .replace("\r\n\r\n", "\r\nOrigin: https://evil.example\r\n\r\n")),
                        403,
                        "origin-denied"),
                limit(
                        "event-loops = 1, upstream-pool { max-connections = 1, queue = 0 }",
                        LimitsTest::besideOneWhoWaits,
                        503,
                        "upstream-busy"),
                limit(
                        "event-loops = 1, timeouts.connect = 300ms, upstream-pool { max-connections = 1, queue = 1 }",
                        LimitsTest::besideOneWhoWaits,
                        503,
                        "upstream-busy"),
                limit("timeouts.reply = 300ms", saying(GET), 504, "reply-timeout"));
    }

    private static Limit limit(String settings, Hit hit, int status, String cause) {
        return new Limit(settings, SILENT, hit, status, cause);
    }

    @ParameterizedTest
    @MethodSource("limits")
    void isAnsweredByItsStatusAndToldInOneLine(Limit limit) {
        try (LogLines access = new LogLines("plane-proxy.access");
                LogLines program = new LogLines("io.planeproxy.server.accesslog");
                ScriptedUpstream upstream = ScriptedUpstream.answering(limit.upstream)) {
            try (AssembledProxy proxy = AssembledProxy.inFrontOf(upstream.address(), identity, limit.settings);
                    RawClient client = limit.hit.by(proxy)) {
                Reply reply = client.reply("GET");
                assertEquals(limit.status, reply.status());
                assertEquals(List.of("close"), reply.values("Connection"));
                assertEquals(List.of(limit.cause), reply.values("X-Plane-Proxy-Cause"));
                assertTrue(client.ended());
            }
            assertToldOnce(" refused " + limit.cause, access);
            assertEquals(List.of(), program.rest(), "the log of the program");
        }
    }

    @Test
    void aClientThatTakesNothingOfItsReplyIsCutAndToldInOneLine() throws Exception {
        Script large = exchange -> exchange.write(Script.ok("l".repeat(32 * 1024 * 1024)));
        try (LogLines access = new LogLines("plane-proxy.access");
                ScriptedUpstream upstream = ScriptedUpstream.answering(large);
                AssembledProxy proxy =
                        AssembledProxy.inFrontOf(upstream.address(), identity, "timeouts.write-stall = 300ms");
                RawClient client = RawClient.withSmallWindow(proxy.plain(), 64 * 1024)) {
            client.send(GET);
            String line = access.next();
            assertTrue(line.contains("\" 200 ") && line.contains(" abandoned client-stalled: "), line);
            assertTrue(client.head().has("Content-Length"));
            assertTrue(client.untilEnd().bytes().length < 32 * 1024 * 1024);
            assertEquals(List.of(), access.rest());
        }
    }

    @Test
    void aTunnelInWhichNothingPassesIsToldInOneLine() throws Exception {
        try (LogLines access = new LogLines("plane-proxy.access");
                ScriptedUpstream upstream = ScriptedUpstream.answering(Script.upgradeAndEcho());
                AssembledProxy proxy =
                        AssembledProxy.inFrontOf(upstream.address(), identity, "timeouts.tunnel-idle = 300ms");
                RawClient client = RawClient.to(proxy.plain())) {
            client.send(WebSocketHandshake.request("/live")).interim();
            assertTrue(access.next().endsWith(" switched"));
            client.untilEnd();
            String line = access.next();
            assertTrue(line.contains(" tunnel ended: nothing passed"), line);
            assertEquals(List.of(), access.rest());
        }
    }

    @Test
    void theLastRequestOfAConnectionIsToldAsAnyOther() throws Exception {
        try (LogLines access = new LogLines("plane-proxy.access");
                ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                AssembledProxy proxy =
                        AssembledProxy.inFrontOf(upstream.address(), identity, "limits.requests-per-connection = 1");
                RawClient client = RawClient.to(proxy.plain())) {
            assertEquals(List.of("close"), client.send(GET).reply("GET").values("Connection"));
            assertTrue(client.ended());
            assertTrue(access.next().endsWith(" complete"));
            assertEquals(List.of(), access.rest());
        }
    }

    @Test
    void anIdleConnectionIsClosedWithoutALine() {
        try (LogLines access = new LogLines("plane-proxy.access");
                ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                AssembledProxy proxy =
                        AssembledProxy.inFrontOf(upstream.address(), identity, "timeouts.keep-alive = 300ms");
                RawClient client = RawClient.to(proxy.plain())) {
            assertTrue(client.ended());
            assertEquals(List.of(), access.rest());
        }
    }

    @Test
    void aHandshakeThatTakesTooLongIsOneLineForWhoWantsToKnow() throws Exception {
        try (LogLines access = new LogLines("plane-proxy.access");
                LogLines program = new LogLines("io.planeproxy.server.accesslog");
                ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                AssembledProxy proxy =
                        AssembledProxy.inFrontOf(upstream.address(), identity, "timeouts.tls-handshake = 300ms");
                RawClient client = RawClient.to(proxy.tls().orElseThrow())) {
            client.send("\26\3\1");
            client.untilEnd();
            String line = program.next();
            assertTrue(line.startsWith("127.0.0.1: "), line);
            assertEquals(List.of(), program.rest());
            assertEquals(List.of(), access.rest());
        }
    }

    private static void assertToldOnce(String ending, LogLines access) {
        List<String> lines = access.rest();
        assertEquals(1, lines.stream().filter(line -> line.contains(ending)).count(), lines::toString);
    }

    private static Hit saying(String bytes) {
        return proxy -> RawClient.to(proxy.plain()).send(bytes);
    }

    /** A byte now and then, until the proxy has had enough. */
    private static RawClient drip(AssembledProxy proxy) {
        RawClient client = RawClient.to(proxy.plain()).send(POST + "Content-Length: 100000\r\n\r\n");
        Thread.ofVirtual().start(() -> {
            List<byte[]> one = List.of(Wire.bytes("x"));
            while (client.sendAsFarAsTaken(one) == 1) {
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        });
        return client;
    }

    private static RawClient second(AssembledProxy proxy) {
        try (RawClient first = RawClient.to(proxy.plain())) {
            first.send("OPTIONS *" + HOST + "\r\n").reply("OPTIONS");
            RawClient second = RawClient.to(proxy.plain());
            second.awaitFirstByte();
            return second;
        }
    }

    private static RawClient tooSoon(AssembledProxy proxy) {
        RawClient client = RawClient.to(proxy.plain());
        client.send("OPTIONS *" + HOST + "\r\n").reply("OPTIONS");
        return client.send("OPTIONS *" + HOST + "\r\n");
    }

    private static RawClient besideOneWhoWaits(AssembledProxy proxy) {
        try (RawClient waiting = RawClient.to(proxy.plain()).send(GET)) {
            RawClient client = RawClient.to(proxy.plain());
            // Answered when all that had come before is read.
            client.send("OPTIONS *" + HOST + "\r\n").reply("OPTIONS");
            client.send(GET).awaitFirstByte();
            return client;
        }
    }
}
