package io.planeproxy.core.kit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client reads what a server may send and refuses what it may not. */
class RawClientTest {
    private static final String GET = "GET /x HTTP/1.1\r\nHost: plane.example\r\n\r\n";

    @Test
    void aReplyWithALengthEndsThereAndTheNextBeginsBehindIt() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.reply(Script.ok("one")));
                RawClient client = RawClient.to(upstream.address())) {
            client.send(GET + GET);
            assertEquals("one", client.reply("GET").bodyText());
            assertEquals("one", client.reply("GET").bodyText());
        }
    }

    @Test
    void chunksAreJoinedAndTrailersKeptApart() {
        Reply reply = replyTo(
                "GET",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\nX-Sum: 5\r\n\r\n");
        assertEquals("abcde", reply.bodyText());
        assertEquals(List.of(new Field("X-Sum", "5")), reply.trailers());
        assertEquals(Framing.CHUNKED, reply.framing());
    }

    @Test
    void withoutALengthTheBodyLastsUntilTheClose() {
        try (ScriptedUpstream upstream =
                        ScriptedUpstream.answering(Script.replyAndClose("HTTP/1.1 200 OK\r\n\r\nall of it"));
                RawClient client = RawClient.to(upstream.address())) {
            Reply reply = client.send(GET).reply("GET");
            assertEquals("all of it", reply.bodyText());
            assertEquals(Framing.UNTIL_CLOSE, reply.framing());
        }
    }

    @Test
    void interimRepliesComeBeforeTheFinalOne() {
        Reply reply = replyTo("GET", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + Script.ok(""));
        assertEquals(List.of(103), reply.interim().stream().map(Reply::status).toList());
        assertEquals(200, reply.status());
    }

    @Test
    void aReplyToHeadHasNoBodyWhateverItsLength() {
        assertEquals(
                0,
                replyTo("HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n").body().length);
        assertEquals(
                0,
                replyTo("GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n")
                        .body()
                        .length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1  200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/2 200 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length : 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX: a\r\n b\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX: a\u0000\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n+3\r\nabc\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n",
            })
    void aMalformedReplyIsRefusedAndShown(String raw) {
        WireFault fault = assertThrows(WireFault.class, () -> replyTo("GET", raw));
        assertEquals(WireFault.Kind.MALFORMED, fault.kind());
        assertTrue(String.valueOf(fault.getMessage()).contains("had arrived: \"HTTP/"), fault.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Len",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n",
            })
    void aReplyCutShortIsNoReply(String raw) {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.replyAndClose(raw));
                RawClient client = RawClient.to(upstream.address())) {
            WireFault fault =
                    assertThrows(WireFault.class, () -> client.send(GET).reply("GET"));
            assertEquals(WireFault.Kind.CUT, fault.kind());
        }
    }

    @Test
    void theEndOfThePeerIsToldFromAReset() {
        Script close = Script.replyAndClose("bye");
        Script reset = exchange -> {
            exchange.request();
            exchange.reset();
        };
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.inTurn(close, reset))) {
            try (RawClient client = RawClient.to(upstream.address())) {
                assertEquals("\"bye\", then CLOSED", client.send(GET).untilEnd().toString());
            }
            try (RawClient client = RawClient.to(upstream.address())) {
                assertEquals(Ending.RESET, client.send(GET).untilEnd().ending());
            }
        }
    }

    @Test
    void anOpenAndSilentPeerIsToldFromOneThatEnded() {
        Gate gate = new Gate("reply");
        Script waits = exchange -> {
            exchange.request();
            gate.await();
            exchange.close();
        };
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(waits);
                RawClient client = RawClient.to(upstream.address())) {
            client.send(GET);
            upstream.awaitRequest();
            assertTrue(client.silentFor(Duration.ofMillis(50)));
            gate.open();
            assertTrue(client.ended());
        }
    }

    @Test
    void afterAHalfCloseTheReplyStillComes() {
        Script answersAtEnd =
                exchange -> exchange.write(Script.ok(exchange.untilEnd().text()));
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(answersAtEnd);
                RawClient client = RawClient.to(upstream.address())) {
            client.send(GET + "raw bytes").halfClose();
            assertEquals("raw bytes", client.reply("GET").bodyText());
        }
    }

    @Test
    void aResetReachesThePeerAsOne() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(UpstreamExchange::untilEnd);
                RawClient client = RawClient.to(upstream.address())) {
            client.send(GET);
            upstream.awaitHead();
            client.reset();
            assertEquals(Ending.RESET, upstream.awaitConnection(1).awaitEnd());
        }
    }

    @Test
    void bytesOneByOneAndInCutsArriveAsTheSameBytes() {
        byte[] get = Wire.bytes(GET);
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                RawClient client = RawClient.to(upstream.address())) {
            client.sendByteByByte(GET);
            client.send(Cuts.before(get, 1, 2, 30));
            client.send(Cuts.random(7, 5, get));
            for (int i = 0; i < 3; i++) {
                assertEquals("/x", client.reply("GET").bodyText());
            }
            assertArrayEquals(
                    Wire.bytes(GET + GET + GET), upstream.awaitConnection(1).received());
        }
    }

    private static Reply replyTo(String method, String raw) {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.reply(raw));
                RawClient client = RawClient.to(upstream.address())) {
            return client.send(GET.replace("GET", method)).reply(method);
        }
    }
}
