package io.planeproxy.core.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.core.kit.Field;
import io.planeproxy.core.kit.Framing;
import io.planeproxy.core.kit.Gate;
import io.planeproxy.core.kit.ProxyUnderTest;
import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.RefusingPort;
import io.planeproxy.core.kit.Reply;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ordinary exchanges over kept connections, and upstreams that are not what they were a moment ago. */
class ForwardingTest {
    @Test
    void pipelinedRequestsAreAnsweredInOrderAlsoWhenTheFirstIsSlow() {
        Gate first = new Gate("the first reply");
        Script slowFirst = exchange -> {
            if (exchange.head().target().equals("/1")) {
                first.await();
            }
            exchange.write(Script.ok(exchange.request().target()));
        };
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(slowFirst);
                ProxyUnderTest proxy = Proxies.inFrontOf(upstream.address());
                RawClient client = RawClient.to(proxy.plain())) {
            client.send(get("/1") + get("/2") + get("/3"));
            upstream.awaitHead();
            first.open();
            assertEquals("/1", client.reply("GET").bodyText());
            assertEquals("/2", client.reply("GET").bodyText());
            assertEquals("/3", client.reply("GET").bodyText());
        }
    }

    @Test
    void aKeptConnectionToTheUpstreamServesTheNextClientToo() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                ProxyUnderTest proxy = Proxies.inFrontOf(upstream.address());
                RawClient client = RawClient.to(proxy.plain())) {
            for (int i = 0; i < 10; i++) {
                assertEquals("/" + i, client.send(get("/" + i)).reply("GET").bodyText());
            }
            assertEquals(1, upstream.connectionCount());
        }
    }

    @Test
    void headAndBodilessStatusesKeepTheirLengthOutOfTheWay() {
        Script script = Script.inTurn(
                Script.reply("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"),
                Script.reply("HTTP/1.1 204 No Content\r\n\r\n"),
                Script.reply("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\nETag: \"a\"\r\n\r\n"),
                Script.tellTarget());
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(script);
                ProxyUnderTest proxy = Proxies.inFrontOf(upstream.address());
                RawClient client = RawClient.to(proxy.plain())) {
            Reply head = client.send(get("/x").replace("GET", "HEAD")).reply("HEAD");
            assertEquals(List.of("5"), head.values("Content-Length"));
            Reply noContent = client.send(get("/x")).reply("GET");
            assertEquals(204, noContent.status());
            assertFalse(noContent.has("Content-Length") || noContent.has("Transfer-Encoding"), noContent.toString());
            Reply notModified = client.send(get("/x")).reply("GET");
            assertEquals(List.of("\"a\""), notModified.values("ETag"));
            assertEquals("/in-sync", client.send(get("/in-sync")).reply("GET").bodyText());
            assertEquals(1, upstream.connectionCount());
        }
    }

    @Test
    void earlyHintsArePassedOnBeforeTheReply() {
        Gate hinted = new Gate("the client has the hints");
        Script script = exchange -> {
            exchange.request();
            exchange.write("HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n");
            hinted.await();
            exchange.write(Script.ok("page"));
        };
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(script);
                ProxyUnderTest proxy = Proxies.inFrontOf(upstream.address());
                RawClient client = RawClient.to(proxy.plain())) {
            Reply hints = client.send(get("/x")).interim();
            assertEquals(103, hints.status());
            assertEquals(List.of("</a.css>; rel=preload"), hints.values("Link"));
            hinted.open();
            assertEquals("page", client.reply("GET").bodyText());
        }
    }

    @Test
    void anHttp10ClientGetsNoInterimReplyAndABodyThatEndsWithTheConnection() {
        Script script =
                Script.reply("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "4\r\nbody\r\n0\r\n\r\n");
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(script);
                ProxyUnderTest proxy = Proxies.inFrontOf(upstream.address());
                RawClient client = RawClient.to(proxy.plain())) {
            Reply reply = client.send("GET /x HTTP/1.0\r\nHost: plane.example\r\n\r\n")
                    .reply("GET");
            assertEquals(List.of(), reply.interim());
            assertEquals(Framing.UNTIL_CLOSE, reply.framing());
            assertEquals("body", reply.bodyText());
        }
    }

    @Test
    void trailersOfTheReplyStayTrailers() {
        Script script = Script.reply("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n"
                + "4\r\nbody\r\n0\r\nX-Sum: 1\r\nContent-Length: 9\r\nSet-Cookie: a=b\r\n\r\n");
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(script);
                ProxyUnderTest proxy = Proxies.inFrontOf(upstream.address());
                RawClient client = RawClient.to(proxy.plain())) {
            Reply reply = client.send(get("/x")).reply("GET");
            assertEquals("body", reply.bodyText());
            assertFalse(reply.has("X-Sum"));
            assertEquals(
                    List.of(new Field("X-Sum", "1")), reply.trailers(), "forbidden names are not relayed as trailers");
        }
    }

    @Test
    void setCookieLinesStaySeveralAndFieldsForOneHopEndHere() {
        Script script = Script.reply(
                "HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nX-Seen: 1\r\nset-cookie: b=2; Path=/\r\nConnection: X-Mine\r\n"
                        + "X-Mine: 1\r\nKeep-Alive: timeout=5\r\nContent-Length: 0\r\n\r\n");
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(script);
                ProxyUnderTest proxy = Proxies.inFrontOf(upstream.address());
                RawClient client = RawClient.to(proxy.plain())) {
            Reply reply = client.send(get("/x")).reply("GET");
            assertEquals(List.of("a=1", "b=2; Path=/"), reply.values("Set-Cookie"));
            assertEquals(List.of("1"), reply.values("X-Seen"));
            assertFalse(reply.has("X-Mine") || reply.has("Keep-Alive"), reply.toString());
        }
    }

    @Test
    void aStaleKeptConnectionIsRetriedOnceForAGet() {
        Script closesOnReuse = exchange -> {
            if (exchange.head().target().equals("/again")
                    && exchange.connection().number() == 1) {
                exchange.close();
            } else {
                exchange.write(Script.ok(exchange.request().target()));
            }
        };
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(closesOnReuse);
                ProxyUnderTest proxy = Proxies.inFrontOf(upstream.address());
                RawClient client = RawClient.to(proxy.plain())) {
            assertEquals("/first", client.send(get("/first")).reply("GET").bodyText());
            assertEquals("/again", client.send(get("/again")).reply("GET").bodyText());
            assertEquals(2, upstream.connectionCount());
        }
    }

    @Test
    void aRetryIsNotRetriedAgain() {
        Script closesAllButTheFirst = exchange -> {
            if (exchange.head().target().equals("/first")) {
                exchange.write(Script.ok(""));
            } else {
                exchange.close();
            }
        };
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(closesAllButTheFirst);
                ProxyUnderTest proxy = Proxies.inFrontOf(upstream.address());
                RawClient client = RawClient.to(proxy.plain())) {
            client.send(get("/first")).reply("GET");
            assertEquals(502, client.send(get("/again")).reply("GET").status());
            assertEquals(2, upstream.connectionCount());
        }
    }

    @Test
    void aPostWhoseBodyWasSentIsNeverSentTwice() {
        Script closesOnPost = exchange -> {
            if (exchange.request().method().equals("POST")) {
                exchange.close();
            } else {
                exchange.write(Script.ok(""));
            }
        };
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(closesOnPost);
                ProxyUnderTest proxy = Proxies.inFrontOf(upstream.address());
                RawClient client = RawClient.to(proxy.plain())) {
            client.send(get("/first")).reply("GET");
            client.send("POST /x HTTP/1.1\r\nHost: plane.example\r\nContent-Length: 5\r\n\r\nhello");
            assertEquals(502, client.reply("POST").status());
            assertEquals(
                    1,
                    upstream.requests().stream()
                            .filter(request -> request.method().equals("POST"))
                            .count());
        }
    }

    @Test
    void anUpstreamThatRefusesIsNamedInA502AndServesWhenItIsBack() {
        try (RefusingPort gone = RefusingPort.take();
                ProxyUnderTest proxy = Proxies.inFrontOf(gone.address())) {
            try (RawClient client = RawClient.to(proxy.plain())) {
                Reply refused = client.send(get("/x")).reply("GET");
                assertEquals(502, refused.status());
                String named = "127.0.0.1:" + gone.address().getPort();
                assertTrue(refused.bodyText().contains(named), refused.bodyText() + " names " + named);
            }
            try (ScriptedUpstream back = ScriptedUpstream.at(gone.address(), Script.tellTarget());
                    RawClient client = RawClient.to(proxy.plain())) {
                assertEquals("/x", client.send(get("/x")).reply("GET").bodyText());
                assertEquals(1, back.connectionCount());
            }
        }
    }

    @Test
    void aClientThatLeavesWhileWaitingEndsTheUpstreamsConnection() {
        Script waits = exchange -> {
            exchange.request();
            exchange.untilEnd();
        };
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(waits);
                ProxyUnderTest proxy = Proxies.inFrontOf(upstream.address());
                RawClient client = RawClient.to(proxy.plain())) {
            client.send(get("/x"));
            upstream.awaitRequest();
            client.reset();
            upstream.awaitConnection(1).awaitEnd();
        }
    }

    private static String get(String target) {
        return "GET " + target + " HTTP/1.1\r\nHost: plane.example\r\n\r\n";
    }
}
