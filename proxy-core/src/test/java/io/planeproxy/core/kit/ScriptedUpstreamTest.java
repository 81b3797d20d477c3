package io.planeproxy.core.kit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The upstream records exactly what came, does what its script says, and accuses a sender of malformed bytes. */
class ScriptedUpstreamTest {
    private static final String GET = "GET /x HTTP/1.1\r\nHost: plane.example\r\n\r\n";

    @Test
    void aRequestIsRecordedInItsParts() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                RawClient client = RawClient.to(upstream.address())) {
            client.send(
                    "POST /a?b=c HTTP/1.1\r\nHost: plane.example\r\nX-A:  1 \r\nx-a: 2\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + "5\r\nhello\r\n0\r\nX-T: 3\r\n\r\n");
            Request request = upstream.awaitRequest();
            assertEquals("POST", request.method());
            assertEquals("/a?b=c", request.target());
            assertEquals("HTTP/1.1", request.version());
            assertEquals(List.of("1", "2"), request.values("X-A"));
            assertEquals(new Field("x-a", "2"), request.fields().get(2));
            assertEquals("hello", request.bodyText());
            assertEquals(List.of(new Field("X-T", "3")), request.trailers());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /x\r\n\r\n",
                "GET  /x HTTP/1.1\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
                "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\nhello",
                "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: a\r\nFoo : b\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: a\nFoo: b\r\n\r\n",
            })
    void malformedRequestsFailTheTestAtTheClose(String raw) {
        AssertionError accusation = assertThrows(AssertionError.class, () -> {
            try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                    RawClient client = RawClient.to(upstream.address())) {
                client.send(raw).untilEnd();
                assertEquals(List.of(), upstream.requests());
            }
        });
        assertTrue(
                String.valueOf(accusation.getMessage()).contains("on connection 1 of the upstream"),
                accusation.getMessage());
    }

    @Test
    void aRequestCutShortIsNoRequestAndNoFault() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                RawClient client = RawClient.to(upstream.address())) {
            client.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhel")
                    .halfClose();
            assertEquals("/x", upstream.awaitHead().target());
            assertEquals(Ending.CLOSED, upstream.awaitConnection(1).awaitEnd());
            assertEquals(List.of(), upstream.requests());
            assertTrue(upstream.awaitConnection(1).receivedText().endsWith("\r\n\r\nhel"));
        }
    }

    @Test
    void connectionsAreCountedAndKeptApart() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                RawClient first = RawClient.to(upstream.address());
                RawClient second = RawClient.to(upstream.address())) {
            upstream.awaitConnections(2);
            assertEquals(2, upstream.connectionCount());
            second.send(GET).reply("GET");
            first.send(GET.replace("/x", "/y")).reply("GET");
            List<String> targets = upstream.awaitConnections(2).stream()
                    .flatMap(connection -> connection.requests().stream())
                    .map(Request::target)
                    .sorted()
                    .toList();
            assertEquals(List.of("/x", "/y"), targets);
        }
    }

    @Test
    void aScriptMayAnswerBeforeTheBodyHasCome() {
        Script early = exchange -> {
            exchange.write("HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            exchange.close();
        };
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(early);
                RawClient client = RawClient.to(upstream.address())) {
            client.send("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n");
            assertEquals(413, client.reply("POST").status());
            assertEquals(List.of(), upstream.requests());
        }
    }

    @Test
    void anUpgradeIsAcceptedWithTheRightProofAndEchoes() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.upgradeAndEcho());
                RawClient client = RawClient.to(upstream.address())) {
            Reply switching =
                    client.send(WebSocketHandshake.request("/live") + "first").interim();
            assertEquals(List.of("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), switching.values("Sec-WebSocket-Accept"));
            assertEquals("first", Wire.text(client.bytes(5)));
            client.send("second");
            assertEquals("second", Wire.text(client.bytes(6)));
            client.halfClose();
            assertTrue(client.ended());
        }
    }

    @Test
    void aReplyInPiecesIsTheSameReply() {
        Script pieces = exchange -> {
            exchange.request();
            exchange.write(Cuts.every(1, Wire.bytes(Script.ok("abc"))));
        };
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(pieces);
                RawClient client = RawClient.to(upstream.address())) {
            assertArrayEquals(Wire.bytes("abc"), client.send(GET).reply("GET").body());
        }
    }

    @Test
    void aRefusingPortRefusesUntilAnUpstreamListensOnIt() {
        try (RefusingPort port = RefusingPort.take()) {
            assertThrows(UncheckedIOException.class, () -> RawClient.to(port.address()));
            try (ScriptedUpstream back = ScriptedUpstream.at(port.address(), Script.tellTarget());
                    RawClient client = RawClient.to(back.address())) {
                assertEquals(200, client.send(GET).reply("GET").status());
            }
        }
    }

    @Test
    void aMeterStandsStillWhenNothingIsCounted() {
        Meter meter = new Meter();
        Thread.ofVirtual().start(() -> {
            for (int i = 0; i < 1000; i++) {
                meter.add(3);
            }
        });
        meter.awaitAtLeast(3000);
        assertEquals(3000, meter.awaitQuiet(Duration.ofMillis(20)));
    }
}
