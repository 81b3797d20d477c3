package io.planeproxy.core.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.planeproxy.core.http.BodyLength;
import io.planeproxy.core.http.Intent;
import io.planeproxy.core.http.Method;
import io.planeproxy.core.http.ReplyHead;
import io.planeproxy.core.kit.Heads;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the client gets to see of a reply. */
final class OutboundReplyTest {
    @Test
    void fieldsPassInTheirOrderAndSpellingAndAreNeverJoined() {
        assertEquals(
                "server: x\nset-cookie: a=1, 2\nB: \u00e9\nSet-Cookie: b\nSET-COOKIE: c\nTrailer: t\nx_y: z\nWWW-Authenticate: w\n",
                fields(
                        "HTTP/1.1 200 OK",
                        "server: x",
                        "set-cookie: a=1, 2",
                        "B: \u00e9",
                        "Set-Cookie: b",
                        "SET-COOKIE: c",
                        "Trailer: t",
                        "x_y: z",
                        "WWW-Authenticate: w"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection: close",
                "connection: x\nX: y",
                "Connection: Location\nLocation: /x",
                "Keep-Alive: timeout=5",
                "Proxy-Connection: x",
                "Proxy-Authenticate: x",
                "Proxy-Authentication-Info: x",
                "TE: x",
                "Upgrade: h2c",
                "Content-Length: 5",
                "Transfer-Encoding: chunked"
            })
    void whatIsForThisHopEndsHere(String field) {
        assertEquals("A: b\n", fields(("HTTP/1.1 200 OK\nA: b\n" + field).split("\n")));
    }

    @Test
    void aReplyThatDemandsAnUpgradeSaysWhichOne() {
        assertEquals("Upgrade: websocket\n", fields("HTTP/1.1 426 x", "Connection: upgrade", "Upgrade: websocket"));
    }

    @Test
    void theLengthOfABodyThatIsNotSentIsToldWhereItMay() {
        assertEquals(Optional.of("7"), absent(Method.HEAD, "HTTP/1.1 200 OK", "Content-Length: 7"));
        assertEquals(Optional.of("7"), absent(Method.GET, "HTTP/1.1 304 x", "Content-Length: 7"));
        assertEquals(Optional.empty(), absent(Method.GET, "HTTP/1.1 204 x", "Content-Length: 7"));
        assertEquals(Optional.empty(), absent(Method.HEAD, "HTTP/1.1 204 x", "Content-Length: 0"));
        assertEquals(Optional.empty(), absent(Method.GET, "HTTP/1.1 103 x", "Content-Length: 7"));
        assertEquals(Optional.empty(), absent(Method.GET, "HTTP/1.1 200 x", "Content-Length: 7"));
        assertEquals(Optional.empty(), absent(Method.HEAD, "HTTP/1.1 200 OK"));
    }

    private static Optional<String> absent(Method method, String... lines) {
        return OutboundReply.of(Heads.reply(method, lines), LocationRewrite.NONE)
                .lengthOfAbsentBody();
    }

    @Test
    void aSwitchKeepsItsProofAndItsProtocol() {
        ReplyHead head = (ReplyHead) ReplyHead.parse(
                Heads.octets(
                        "HTTP/1.1 101 Go",
                        "Upgrade: websocket",
                        "Connection: upgrade",
                        "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
                        "Sec-WebSocket-Protocol: p"),
                Method.GET,
                new Intent.Upgrade("websocket", Optional.of("dGhlIHNhbXBsZSBub25jZQ==")));
        OutboundReply reply = OutboundReply.of(head, LocationRewrite.NONE);
        assertEquals("websocket", reply.protocol());
        assertEquals(BodyLength.NONE, reply.body());
        assertEquals("Go", reply.reason());
        assertEquals(
                "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: p\r\n",
                reply.fields().text());
    }

    @Test
    void aLocationKeepsItsSpelling() {
        LocationRewrite rewrite =
                LocationRewrite.of(Heads.request("GET / HTTP/1.1", "Host: plane.example"), "web:3000", 3000);
        ReplyHead head = Heads.reply("HTTP/1.1 302 Found", "location: http://web:3000/x", "A: b");
        assertEquals(
                "location: /x\r\nA: b\r\n",
                OutboundReply.of(head, rewrite).fields().text());
    }

    @ParameterizedTest
    @CsvSource({
        "http://web:3000/a?b#c, /a?b#c",
        "https://web:3000/a, /a",
        "http://WEB:3000/a, /a",
        "http://web:3000, /",
        "http://web:3000?x, /?x",
        "http://plane.example:3000/a, /a",
        "http://Plane.Example:3000/a, /a",
        "http://web:3000//evil.example/, http://web:3000//evil.example/",
        "http://web:3000/\\evil.example/, http://web:3000/\\evil.example/",
        "http://web:3000/\t/evil.example/, http://web:3000/\t/evil.example/",
        "http://web:3001/a, http://web:3001/a",
        "http://web/a, http://web/a",
        "http://web:3000.evil/a, http://web:3000.evil/a",
        "http://web:3000@evil/a, http://web:3000@evil/a",
        "http://evil/web:3000/, http://evil/web:3000/",
        "https://plane.example/a, https://plane.example/a",
        "http://plane.example/a, http://plane.example/a",
        "//web:3000/a, //web:3000/a",
        "/a, /a",
        "a, a",
        "ftp://web:3000/a, ftp://web:3000/a"
    })
    void onlyARedirectToTheUpstreamItselfIsRewritten(String location, String expected) {
        LocationRewrite rewrite =
                LocationRewrite.of(Heads.request("GET / HTTP/1.1", "Host: plane.example"), "web:3000", 3000);
        assertEquals(expected, rewrite.apply(location));
        assertEquals(location, LocationRewrite.NONE.apply(location));
    }

    @Test
    void aHostThatWasAskedForWithThatPortIsNoLeak() {
        LocationRewrite rewrite =
                LocationRewrite.of(Heads.request("GET / HTTP/1.1", "Host: plane:3000"), "web:3000", 3000);
        assertEquals("http://plane:3000/a", rewrite.apply("http://plane:3000/a"));
    }

    private static String fields(String... lines) {
        return OutboundReply.of(Heads.reply(lines), LocationRewrite.NONE)
                .fields()
                .text()
                .replace("\r\n", "\n");
    }
}
