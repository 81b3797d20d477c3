package io.planeproxy.core.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.core.kit.Cuts;
import io.planeproxy.core.kit.Ending;
import io.planeproxy.core.kit.Gate;
import io.planeproxy.core.kit.ProxyUnderTest;
import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.Reply;
import io.planeproxy.core.kit.Rest;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import io.planeproxy.core.kit.UpstreamExchange;
import io.planeproxy.core.kit.WebSocketHandshake;
import io.planeproxy.core.kit.Wire;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each corner of HTTP/1.1 replies: what the client sees of it, and whether the next request may use the same connection. */
@Execution(ExecutionMode.CONCURRENT)
class RepliesTest {
    @ParameterizedTest
    @MethodSource("io.planeproxy.core.socket.ReplyCase#all")
    void comesOutAsItMust(ReplyCase given) {
        check(given, List.of(Wire.bytes(given.raw())));
    }

    @ParameterizedTest
    @MethodSource("io.planeproxy.core.socket.ReplyCase#all")
    void comesOutTheSameByteByByte(ReplyCase given) {
        check(given, Cuts.every(given.raw().length() > 10_000 ? 1000 : 1, Wire.bytes(given.raw())));
    }

    private static void check(ReplyCase given, List<byte[]> pieces) {
        Gate headSeen = new Gate("the client has the head");
        Script script = Script.inTurn(exchange -> play(given, pieces, headSeen, exchange), Script.tellTarget());
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(script);
                ProxyUnderTest proxy = Proxies.inFrontOf(upstream.address());
                RawClient client = RawClient.to(proxy.plain())) {
            client.send(request(given));
            switch (given.outcome()) {
                case ReplyCase.Relayed relayed -> checkRelayed(relayed, client.reply(method(given)));
                case ReplyCase.BadGateway _ -> {
                    assertEquals(502, client.reply(method(given)).status());
                    assertTrue(client.ended(), "after a 502 of our own the connection is closed");
                }
                case ReplyCase.Truncated truncated -> checkTruncated(truncated, headSeen, client);
            }
            awaitTheDrop(given, upstream);
            checkTheNext(given.outcome(), upstream, proxy);
        } catch (AssertionError e) {
            throw new AssertionError("upstream reply '" + given.name() + "': " + e.getMessage(), e);
        }
    }

    private static void play(ReplyCase given, List<byte[]> pieces, Gate headSeen, UpstreamExchange exchange)
            throws IOException {
        exchange.request();
        exchange.write(pieces);
        if (given.outcome() instanceof ReplyCase.Truncated) {
            headSeen.await();
        }
        switch (given.then()) {
            case STAYS_OPEN -> {}
            case CLOSES -> exchange.close();
            case RESETS -> exchange.reset();
        }
    }

    private static void checkRelayed(ReplyCase.Relayed expected, Reply got) {
        assertEquals(expected.status(), got.status());
        assertEquals(expected.body(), got.bodyText());
        assertEquals(List.of(), got.interim());
        assertFalse(got.status() == 204 && got.has("Content-Length"), "no length on a 204 (RFC 9110 section 8.6)");
    }

    /** Whatever framing the client was told, it must be able to see that the reply is not whole. */
    private static void checkTruncated(ReplyCase.Truncated expected, Gate headSeen, RawClient client) {
        Reply head = client.head();
        headSeen.open();
        assertEquals(200, head.status());
        Rest rest = client.untilEnd();
        String content = head.has("Transfer-Encoding") ? inChunks(rest.text()) : rest.text();
        assertTrue(
                expected.atMost().startsWith(content),
                "content '" + content + "', expected at most '" + expected.atMost() + "'");
        if (head.has("Content-Length")) {
            assertTrue(
                    rest.bytes().length
                            < Integer.parseInt(head.values("Content-Length").getFirst()),
                    rest.toString());
        } else if (head.has("Transfer-Encoding")) {
            assertFalse(("\r\n" + rest.text()).contains("\r\n0\r\n"), "a cut reply has a last chunk: " + rest);
        } else {
            assertEquals(Ending.RESET, rest.ending(), "a close would look like the end of the body");
        }
    }

    /** What stands in chunks that may be cut anywhere. */
    private static String inChunks(String framed) {
        StringBuilder content = new StringBuilder();
        String rest = framed;
        for (int line = rest.indexOf("\r\n"); line > 0; line = rest.indexOf("\r\n")) {
            int size = Integer.parseInt(rest.substring(0, line), 16);
            int from = line + 2;
            int to = Math.min(from + size, rest.length());
            content.append(rest, from, to);
            rest = rest.substring(Math.min(to + 2, rest.length()));
        }
        return content.toString();
    }

    /** Bytes that spoil a connection may come behind the reply: the next request has to wait until the proxy has seen them. */
    private static void awaitTheDrop(ReplyCase given, ScriptedUpstream upstream) {
        if (given.then() == ReplyCase.Then.STAYS_OPEN && connectionsAfter(given.outcome()) == 2) {
            upstream.awaitConnection(1).awaitEnd();
        }
    }

    /** Asks again from another client: it must get its own reply, over the connection that it may have. */
    private static void checkTheNext(ReplyCase.Outcome outcome, ScriptedUpstream upstream, ProxyUnderTest proxy) {
        try (RawClient next = RawClient.to(proxy.plain())) {
            next.send("GET /next HTTP/1.1\r\nHost: plane.example\r\n\r\n");
            assertEquals("/next", next.reply("GET").bodyText());
        }
        assertEquals(
                connectionsAfter(outcome), upstream.connectionCount(), "connections to the upstream for two requests");
    }

    private static int connectionsAfter(ReplyCase.Outcome outcome) {
        return switch (outcome) {
            case ReplyCase.Relayed relayed ->
                switch (relayed.leg()) {
                    case SERVES_THE_NEXT -> 1;
                    case IS_DROPPED -> 2;
                };
            case ReplyCase.BadGateway _, ReplyCase.Truncated _ -> 2;
        };
    }

    private static String request(ReplyCase given) {
        return given.request().equals("UPGRADE")
                ? WebSocketHandshake.request("/first")
                : given.request() + " /first HTTP/1.1\r\nHost: plane.example\r\n\r\n";
    }

    private static String method(ReplyCase given) {
        return given.request().equals("UPGRADE") ? "GET" : given.request();
    }
}
