package io.planeproxy.core.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.planeproxy.core.cause.Cause;
import io.planeproxy.core.http.ReplyHead.Kind;
import io.planeproxy.core.kit.Heads;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which heads are replies, and how long their bodies are. */
final class ReplyHeadTest {
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
    private static final String ACCEPT = "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
    private static final Intent SOCKET = new Intent.Upgrade("websocket", Optional.of(KEY));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1",
                "HTTP/1.1 ",
                "HTTP/1.1 20",
                "HTTP/1.1 20 OK",
                "HTTP/1.1 2000",
                "HTTP/1.1 200OK",
                "HTTP/1.1 099 x",
                "HTTP/1.1 000 x",
                "HTTP/1.1 600 x",
                "HTTP/1.1 999 x",
                "HTTP/1.1 -20 x",
                "HTTP/1.1 2 0 x",
                "HTTP/1.1 2a0 x",
                "HTTP/1.1 a20 x",
                "HTTP/1.1  200 x",
                "HTTP/1.1\t200 x",
                "HTTP/1.1 200\tOK",
                "HTTP/1.2 200 OK",
                "HTTP/2 200 OK",
                "HTTP/0.9 200",
                "http/1.1 200 OK",
                " HTTP/1.1 200 OK",
                "ICY 200 OK",
                "HTTP/1.1 200 O\u0000K",
                "HTTP/1.1 200 O\rK",
                "HTTP/1.1 200 O\nK",
                "HTTP/1.1 200 O\u007fK"
            })
    void aBadStatusLineIsRefused(String line) {
        assertEquals(
                Cause.UPSTREAM_MALFORMED, malformed(line, "Content-Length: 0").cause());
    }

    static Stream<Arguments> statusLines() {
        return Stream.of(
                arguments("HTTP/1.1 200 OK", 200, "OK", HttpVersion.HTTP_1_1, Kind.FINAL),
                arguments("HTTP/1.1 200 ", 200, "", HttpVersion.HTTP_1_1, Kind.FINAL),
                arguments("HTTP/1.1 200", 200, "", HttpVersion.HTTP_1_1, Kind.FINAL),
                arguments("HTTP/1.0 404 Not  Found \u00e9", 404, "Not  Found \u00e9", HttpVersion.HTTP_1_0, Kind.FINAL),
                arguments("HTTP/1.1 599 x", 599, "x", HttpVersion.HTTP_1_1, Kind.FINAL),
                arguments("HTTP/1.1 100 Continue", 100, "Continue", HttpVersion.HTTP_1_1, Kind.INTERIM),
                arguments("HTTP/1.1 102 x", 102, "x", HttpVersion.HTTP_1_1, Kind.INTERIM),
                arguments("HTTP/1.1 199 x", 199, "x", HttpVersion.HTTP_1_1, Kind.INTERIM));
    }

    @ParameterizedTest
    @MethodSource("statusLines")
    void aStatusLineSaysWhatItSays(String line, int status, String reason, HttpVersion version, Kind kind) {
        ReplyHead head = Heads.reply(line, "A: b");
        assertEquals(status, head.status());
        assertEquals(reason, head.reason());
        assertEquals(version, head.version());
        assertEquals(kind, head.kind());
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                arguments(List.of("HTTP/1.1 200 OK"), BodyLength.UNTIL_CLOSE),
                arguments(List.of("HTTP/1.0 200 OK"), BodyLength.UNTIL_CLOSE),
                arguments(List.of("HTTP/1.1 200 OK", "Content-Length: 0"), new BodyLength.Fixed(0)),
                arguments(List.of("HTTP/1.1 200 OK", "Content-Length: 7"), new BodyLength.Fixed(7)),
                arguments(
                        List.of("HTTP/1.1 200 OK", "Content-Length: 7", "content-length: 07"), new BodyLength.Fixed(7)),
                arguments(List.of("HTTP/1.1 200 OK", "Transfer-Encoding: Chunked"), BodyLength.CHUNKED),
                arguments(List.of("HTTP/1.1 204 x", "Content-Length: 7"), BodyLength.NONE),
                arguments(List.of("HTTP/1.1 304 x", "Content-Length: 7"), BodyLength.NONE),
                arguments(List.of("HTTP/1.1 103 x", "Content-Length: 7"), BodyLength.NONE));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void theLengthOfABodyIsCertain(List<String> lines, BodyLength length) {
        String[] head = lines.toArray(new String[0]);
        assertEquals(length, Heads.reply(head).body());
        assertEquals(BodyLength.NONE, Heads.reply(Method.HEAD, head).body());
    }

    static Stream<Arguments> badLengths() {
        return Stream.of(
                arguments(List.of("Content-Length: 7", "Content-Length: 8")),
                arguments(List.of("Content-Length: 7, 7")),
                arguments(List.of("Content-Length: +7")),
                arguments(List.of("Content-Length:")),
                arguments(List.of("Content-Length: 7", "Transfer-Encoding: chunked")),
                arguments(List.of("Transfer-Encoding: chunked", "Transfer-Encoding: chunked")),
                arguments(List.of("Transfer-Encoding: gzip, chunked")),
                arguments(List.of("Transfer-Encoding: identity")),
                arguments(List.of("Transfer-Encoding:")),
                arguments(List.of("Transfer-Encoding: xchunked")));
    }

    @ParameterizedTest
    @MethodSource("badLengths")
    void aDoubtfulLengthIsRefusedEvenWhereThereIsNoBody(List<String> fields) {
        for (String status : List.of("HTTP/1.1 200 OK", "HTTP/1.1 204 x", "HTTP/1.1 304 x", "HTTP/1.1 103 x")) {
            String[] lines = Stream.concat(Stream.of(status), fields.stream()).toArray(String[]::new);
            assertEquals(Cause.UPSTREAM_MALFORMED, malformed(lines).cause(), status);
        }
    }

    @Test
    void httpOneDotZeroHasNoChunks() {
        assertEquals(
                Cause.UPSTREAM_MALFORMED,
                malformed("HTTP/1.0 200 OK", "Transfer-Encoding: chunked").cause());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"X : y", ": y", " X: y", "X", "X: a\u0000", "X: a\rb", "X: a\nb", "X: y\r\n z", "Connection: a b"
            })
    void aBadFieldLineIsTheUpstreamsFault(String line) {
        assertEquals(
                Cause.UPSTREAM_MALFORMED, malformed("HTTP/1.1 200 OK", line).cause());
    }

    @Test
    void noUpstreamNamesMoreThanAHundredConnectionOptions() {
        assertEquals(
                "Connection with more than 100 names",
                malformed("HTTP/1.1 200 OK", "Connection: " + "x,".repeat(101)).seen());
    }

    @Test
    void anUpstreamsSecretIsNotShown() {
        assertFalse(
                malformed("HTTP/1.1 200 OK", "Set-Cookie: s3cr3t\u0000").seen().contains("s3cr3t"));
    }

    static Stream<Arguments> badSwitches() {
        return Stream.of(
                arguments(Intent.PLAIN, List.of("Connection: upgrade", "Upgrade: websocket", ACCEPT)),
                arguments(SOCKET, List.of("Upgrade: websocket", ACCEPT)),
                arguments(SOCKET, List.of("Connection: upgrade", ACCEPT)),
                arguments(SOCKET, List.of("Connection: upgrade", "Upgrade: h2c", ACCEPT)),
                arguments(SOCKET, List.of("Connection: upgrade", "Upgrade: websocket, h2c", ACCEPT)),
                arguments(SOCKET, List.of("Connection: upgrade", "Upgrade: websocket", "Upgrade: websocket", ACCEPT)),
                arguments(SOCKET, List.of("Connection: upgrade", "Upgrade: websocket")),
                arguments(SOCKET, List.of("Connection: upgrade", "Upgrade: websocket", ACCEPT, ACCEPT)),
                arguments(SOCKET, List.of("Connection: upgrade", "Upgrade: websocket", ACCEPT + "x")),
                arguments(
                        SOCKET,
                        List.of(
                                "Connection: upgrade",
                                "Upgrade: websocket",
                                ACCEPT.toUpperCase(java.util.Locale.ROOT))),
                arguments(
                        new Intent.Upgrade("websocket", Optional.empty()),
                        List.of("Connection: upgrade", "Upgrade: websocket", ACCEPT)));
    }

    @ParameterizedTest
    @MethodSource("badSwitches")
    void aSwitchThatNobodyAskedForIsRefused(Intent asked, List<String> fields) {
        String[] lines =
                Stream.concat(Stream.of("HTTP/1.1 101 x"), fields.stream()).toArray(String[]::new);
        Malformed malformed = (Malformed) ReplyHead.parse(Heads.octets(lines), Method.GET, asked);
        assertEquals(Cause.UPSTREAM_SWITCH_INVALID, malformed.cause());
    }

    @Test
    void aSwitchThatAgreesIsOne() {
        ReplyHead socket = (ReplyHead) ReplyHead.parse(
                Heads.octets("HTTP/1.1 101 x", "connection: Upgrade", "Upgrade: WebSocket", ACCEPT),
                Method.GET,
                SOCKET);
        assertEquals(Kind.SWITCH, socket.kind());
        assertEquals(BodyLength.NONE, socket.body());
        ReplyHead other = (ReplyHead) ReplyHead.parse(
                Heads.octets("HTTP/1.1 101 x", "connection: Upgrade", "Upgrade: b"),
                Method.GET,
                new Intent.Upgrade("a , B", Optional.empty()));
        assertEquals(Kind.SWITCH, other.kind());
    }

    @Test
    void theAcceptOfTheRfcsExampleIsRight() {
        assertEquals("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", WebSocketAccept.of(KEY));
    }

    private static Malformed malformed(String... lines) {
        return switch (ReplyHead.parse(Heads.octets(lines), Method.GET, Intent.PLAIN)) {
            case Malformed malformed -> malformed;
            case ReplyHead head -> throw new AssertionError("accepted: " + head);
        };
    }
}
