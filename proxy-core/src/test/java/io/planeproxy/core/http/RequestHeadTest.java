package io.planeproxy.core.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.planeproxy.core.cause.Cause;
import io.planeproxy.core.kit.Heads;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which heads are requests, and what they mean. */
final class RequestHeadTest {

    // The request line (RFC 9112 §3)

    static Stream<Arguments> badRequestLines() {
        return Stream.of(
                arguments("GET  / HTTP/1.1", Cause.MALFORMED_VERSION),
                arguments(" GET / HTTP/1.1", Cause.MALFORMED_REQUEST_LINE),
                arguments("GET", Cause.MALFORMED_REQUEST_LINE),
                arguments("GET ", Cause.MALFORMED_REQUEST_LINE),
                arguments("GET /", Cause.MALFORMED_REQUEST_LINE),
                arguments("GET\t/ HTTP/1.1", Cause.MALFORMED_REQUEST_LINE),
                arguments("GET /\tHTTP/1.1", Cause.MALFORMED_TARGET),
                arguments("G@T / HTTP/1.1", Cause.MALFORMED_REQUEST_LINE),
                arguments("G\u00c9T / HTTP/1.1", Cause.MALFORMED_REQUEST_LINE),
                arguments("GET / x HTTP/1.1", Cause.MALFORMED_VERSION),
                arguments("GET /  HTTP/1.1", Cause.MALFORMED_VERSION),
                arguments("GET / HTTP/1.1 ", Cause.MALFORMED_VERSION),
                arguments("GET / http/1.1", Cause.MALFORMED_VERSION),
                arguments("GET / HTTP/1", Cause.MALFORMED_VERSION),
                arguments("GET / HTTP/1.10", Cause.MALFORMED_VERSION),
                arguments("GET / HTTP/11.1", Cause.MALFORMED_VERSION),
                arguments("GET / HTTP/01.1", Cause.MALFORMED_VERSION),
                arguments("GET / HTTP/+1.1", Cause.MALFORMED_VERSION),
                arguments("GET / HTTP/0.9", Cause.MALFORMED_VERSION),
                arguments("GET / HTTPS/1.1", Cause.MALFORMED_VERSION),
                arguments("GET / HTTP/2.0", Cause.VERSION_NOT_SUPPORTED),
                arguments("GET / HTTP/3.0", Cause.VERSION_NOT_SUPPORTED),
                arguments("PRI * HTTP/2.0", Cause.VERSION_NOT_SUPPORTED),
                arguments("CONNECT a:443 HTTP/1.1", Cause.METHOD_NOT_SERVED),
                arguments("CONNECT / HTTP/1.1", Cause.METHOD_NOT_SERVED),
                arguments("TRACE / HTTP/1.1", Cause.METHOD_NOT_SERVED),
                arguments("GET * HTTP/1.1", Cause.MALFORMED_TARGET),
                arguments("options * HTTP/1.1", Cause.MALFORMED_TARGET),
                arguments("GET a HTTP/1.1", Cause.MALFORMED_TARGET),
                arguments("GET a:80 HTTP/1.1", Cause.MALFORMED_TARGET),
                arguments("GET ?x HTTP/1.1", Cause.MALFORMED_TARGET),
                arguments("GET /a#b HTTP/1.1", Cause.MALFORMED_TARGET),
                arguments("GET /a\\b HTTP/1.1", Cause.MALFORMED_TARGET),
                arguments("GET /?a\\b HTTP/1.1", Cause.MALFORMED_TARGET),
                arguments("GET /\u00e9 HTTP/1.1", Cause.MALFORMED_TARGET),
                arguments("GET /a\u0000b HTTP/1.1", Cause.MALFORMED_TARGET),
                arguments("GET /a\u007fb HTTP/1.1", Cause.MALFORMED_TARGET),
                arguments("GET ftp://a/ HTTP/1.1", Cause.MALFORMED_TARGET),
                arguments("GET http:///x HTTP/1.1", Cause.MALFORMED_TARGET),
                arguments("GET http:a/x HTTP/1.1", Cause.MALFORMED_TARGET),
                arguments("GET http://u@a/x HTTP/1.1", Cause.MALFORMED_TARGET),
                arguments("GET http://u:p@a/x HTTP/1.1", Cause.MALFORMED_TARGET),
                arguments("GET http://a:x/ HTTP/1.1", Cause.MALFORMED_TARGET),
                arguments("GET http://a/../x HTTP/1.1", Cause.MALFORMED_PATH),
                arguments("GET https://a/x HTTP/1.1", Cause.TARGET_NAMES_ANOTHER_HOST),
                arguments("GET http://b/x HTTP/1.1", Cause.TARGET_NAMES_ANOTHER_HOST),
                arguments("GET http://a:81/x HTTP/1.1", Cause.TARGET_NAMES_ANOTHER_HOST));
    }

    @ParameterizedTest
    @MethodSource("badRequestLines")
    void aBadRequestLineIsRefusedForItsCause(String line, Cause cause) {
        assertEquals(cause, malformed(line, "Host: a").cause());
    }

    static Stream<Arguments> goodTargets() {
        return Stream.of(
                arguments("GET / HTTP/1.1", "/"),
                arguments("GET /?a=%zz&b=/../ HTTP/1.1", "/?a=%zz&b=/../"),
                arguments("GET //api//x HTTP/1.1", "//api//x"),
                arguments("GET /a;b=c,d:@!$&'()*+=~ HTTP/1.1", "/a;b=c,d:@!$&'()*+=~"),
                arguments("GET /a\"<>[]^`{|} HTTP/1.1", "/a\"<>[]^`{|}"),
                arguments("GET http://a/x?y HTTP/1.1", "/x?y"),
                arguments("GET HTTP://A:80/x HTTP/1.1", "/x"),
                arguments("GET http://a HTTP/1.1", "/"),
                arguments("GET http://a?x HTTP/1.1", "/?x"),
                arguments("GET http://a//b HTTP/1.1", "//b"),
                arguments("OPTIONS * HTTP/1.1", "*"),
                arguments("OPTIONS http://a HTTP/1.1", "*"),
                arguments("OPTIONS http://a/ HTTP/1.1", "/"),
                arguments("GET / HTTP/1.2", "/"));
    }

    @ParameterizedTest
    @MethodSource("goodTargets")
    void theTargetIsForwardedInOriginFormByteForByte(String line, String raw) {
        RequestHead head = Heads.request(line, "Host: a");
        assertEquals(raw, head.target().raw());
        assertEquals(HttpVersion.HTTP_1_1, head.version());
        assertEquals("a", head.authority().orElseThrow().text());
    }

    @Test
    void anAbsoluteTargetMustFitTheListener() {
        assertEquals(
                "/x",
                Heads.request(Scheme.HTTPS, "GET https://a:443/x HTTP/1.1", "Host: a")
                        .target()
                        .raw());
        assertTrue(
                RequestHead.parse(Heads.octets("GET http://a/x HTTP/1.1", "Host: a"), Scheme.HTTPS)
                        instanceof Malformed);
    }

    @Test
    void httpOneDotZeroNeedsNoHost() {
        assertEquals(Optional.empty(), Heads.request("GET / HTTP/1.0").authority());
        assertEquals(
                "a:80",
                Heads.request("GET http://a:80/ HTTP/1.0")
                        .authority()
                        .orElseThrow()
                        .text());
        assertEquals(HttpVersion.HTTP_1_0, Heads.request("GET / HTTP/1.0").version());
        assertEquals(Cause.MALFORMED_HOST, malformed("GET / HTTP/1.0", "Host:").cause());
    }

    // Host (RFC 9112 §3.2)

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "plane.example",
                "PLANE.Example:8443",
                "a:",
                "a:0",
                "a:65535",
                "a:0080",
                "a_b",
                "a-.b..c",
                "127.0.0.1",
                "127.0.0.1:80",
                "[::1]",
                "[::1]:443",
                "[::]",
                "[2001:db8::1]",
                "[1:2:3:4:5:6:7:8]",
                "[1:2:3:4:5:6:7::]",
                "[::ffff:10.0.0.1]",
                "[1:2:3:4:5:6:1.2.3.4]"
            })
    void aHostIsKeptAsItWasWritten(String host) {
        assertEquals(
                host,
                Heads.request("GET / HTTP/1.1", "Host: " + host)
                        .authority()
                        .orElseThrow()
                        .text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":80",
                "a@b",
                "u:p@b",
                "a b",
                "a,b",
                "a/",
                "a/b",
                "a?b",
                "a#b",
                "a%41",
                "a\\b",
                "\u00e9",
                "a\tb",
                "a:x",
                "a:-1",
                "a:+1",
                "a:65536",
                "a:99999",
                "a:18446744073709551617",
                "a:80:80",
                "a: 80",
                "::1",
                "[::1",
                "::1]",
                "[]",
                "[::1]x",
                "[::1]:x",
                "[::1]:99999",
                "[:::1]",
                "[1::2::3]",
                "[1:2:3:4:5:6:7]",
                "[1:2:3:4:5:6:7:8:9]",
                "[1:2:3:4:5:6:7:8::]",
                "[12345::]",
                "[fe80::1%25eth0]",
                "[fe80::1%eth0]",
                "[v1.a]",
                "[g::]",
                "[1.2.3.4]",
                "[::1.2.3.256]",
                "[::1.2.3]",
                "[::1.2.3.4:5]",
                "[::1]]",
                "x[::1]"
            })
    void aMalformedHostIsRefused(String host) {
        assertEquals(
                Cause.MALFORMED_HOST,
                malformed("GET / HTTP/1.1", "Host: " + host).cause());
    }

    @Test
    void thereIsExactlyOneHost() {
        assertEquals(
                Cause.MALFORMED_NO_HOST, malformed("GET / HTTP/1.1", "X: y").cause());
        assertEquals(
                Cause.MALFORMED_TWO_HOSTS,
                malformed("GET / HTTP/1.1", "Host: a", "host: a").cause());
        assertEquals(
                Cause.MALFORMED_TWO_HOSTS,
                malformed("GET / HTTP/1.0", "Host: a", "HOST: b").cause());
        assertEquals(
                Cause.MALFORMED_HOST,
                malformed("GET / HTTP/1.1", "Host: " + "a".repeat(256)).cause());
    }

    // Field lines (RFC 9112 §5)

    static Stream<Arguments> badFieldLines() {
        return Stream.of(
                arguments("X : y", Cause.MALFORMED_FIELD),
                arguments("X\t: y", Cause.MALFORMED_FIELD),
                arguments(": y", Cause.MALFORMED_FIELD),
                arguments(" X: y", Cause.MALFORMED_FIELD),
                arguments("\tX: y", Cause.MALFORMED_FIELD),
                arguments("X: y\r\n z", Cause.MALFORMED_FIELD),
                arguments("X: y\r\n\tz", Cause.MALFORMED_FIELD),
                arguments("X", Cause.MALFORMED_FIELD),
                arguments("X(y): z", Cause.MALFORMED_FIELD),
                arguments("\u00e9: z", Cause.MALFORMED_FIELD),
                arguments("X\u0000: y", Cause.MALFORMED_FIELD),
                arguments("X: a\u0000b", Cause.MALFORMED_FIELD),
                arguments("X: a\u0001b", Cause.MALFORMED_FIELD),
                arguments("X: a\u007fb", Cause.MALFORMED_FIELD),
                arguments("X: a\u000bb", Cause.MALFORMED_FIELD),
                arguments("X: a\nb", Cause.MALFORMED_LINE_END),
                arguments("X: a\rb", Cause.MALFORMED_LINE_END),
                arguments("X: a\r", Cause.MALFORMED_LINE_END),
                arguments("X: a\nY: b", Cause.MALFORMED_LINE_END));
    }

    @ParameterizedTest
    @MethodSource("badFieldLines")
    void aBadFieldLineIsRefusedForItsCause(String line, Cause cause) {
        assertEquals(cause, malformed("GET / HTTP/1.1", "Host: a", line).cause());
        assertEquals(cause, malformed("GET / HTTP/1.1", line, "Host: a").cause());
    }

    // Content-Length and Transfer-Encoding (RFC 9112 §6)

    static Stream<Arguments> bodies() {
        return Stream.of(
                arguments("Content-Length: 0", new BodyLength.Fixed(0)),
                arguments("Content-Length: 5", new BodyLength.Fixed(5)),
                arguments("Content-Length: 05", new BodyLength.Fixed(5)),
                arguments("content-length:\t 5 \t", new BodyLength.Fixed(5)),
                arguments("Content-Length: " + "0".repeat(40) + "7", new BodyLength.Fixed(7)),
                arguments("Content-Length: 999999999999999999", new BodyLength.Fixed(999_999_999_999_999_999L)),
                arguments("Transfer-Encoding: chunked", BodyLength.CHUNKED),
                arguments("transfer-encoding:CHUNKED ", BodyLength.CHUNKED),
                arguments("Accept: a", BodyLength.NONE));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void theLengthOfABodyIsCertain(String field, BodyLength length) {
        assertEquals(length, Heads.request("POST / HTTP/1.1", "Host: a", field).body());
        assertEquals(length, Heads.request("GET / HTTP/1.1", "Host: a", field).body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "+5",
                "-5",
                "5,5",
                "5, 5",
                "0x5",
                "5 5",
                "5.0",
                "5e1",
                "five",
                "\u0661",
                "5;",
                "1000000000000000000",
                "18446744073709551621",
                "99999999999999999999"
            })
    void aMalformedContentLengthIsRefused(String value) {
        assertEquals(
                Cause.MALFORMED_CONTENT_LENGTH,
                malformed("POST / HTTP/1.1", "Host: a", "Content-Length: " + value)
                        .cause());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "xchunked",
                "chunkedx",
                "chunked, chunked",
                "identity",
                "identity, chunked",
                ",chunked",
                "chunked,",
                "\"chunked\"",
                "chunked;q=1",
                "chunked gzip",
                "gzip",
                "chunked, gzip",
                "\u000bchunked",
                "gzip,, chunked"
            })
    void anotherTransferEncodingIsRefused(String value) {
        int status = malformed("POST / HTTP/1.1", "Host: a", "Transfer-Encoding: " + value)
                .cause()
                .status();
        assertEquals(400, status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip, chunked", "GZIP,chunked", "deflate , chunked", "compress, x-gzip, chunked"})
    void aCodingThatIsKnownButNotServedIsNotImplemented(String value) {
        assertEquals(
                Cause.TRANSFER_CODING_NOT_IMPLEMENTED,
                malformed("POST / HTTP/1.1", "Host: a", "Transfer-Encoding: " + value)
                        .cause());
    }

    @Test
    void lengthsThatContradictOrRepeatEachOtherAreRefused() {
        String line = "POST / HTTP/1.1";
        assertEquals(
                Cause.MALFORMED_CONTENT_LENGTH,
                malformed(line, "Host: a", "Content-Length: 5", "Content-Length: 5")
                        .cause());
        assertEquals(
                Cause.MALFORMED_TRANSFER_ENCODING,
                malformed(line, "Host: a", "Content-Length: 5", "Transfer-Encoding: chunked")
                        .cause());
        assertEquals(
                Cause.MALFORMED_TRANSFER_ENCODING,
                malformed(line, "Host: a", "Transfer-Encoding: chunked", "Content-Length: 5")
                        .cause());
        assertEquals(
                Cause.MALFORMED_TRANSFER_ENCODING,
                malformed(line, "Host: a", "Transfer-Encoding: chunked", "Transfer-Encoding: chunked")
                        .cause());
        assertEquals(
                Cause.MALFORMED_TRANSFER_ENCODING,
                malformed("POST / HTTP/1.0", "Host: a", "Transfer-Encoding: chunked")
                        .cause());
    }

    // Connection (RFC 9110 §7.6.1)

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host",
                "content-length",
                "Transfer-Encoding",
                "AUTHORIZATION",
                "cookie",
                "X-Forwarded-For",
                "x-forwarded-anything",
                "X-Real-IP",
                "close, Host",
                "a,,\tcookie ,b"
            })
    void aClientCanNotAskToRemoveWhatCarriesMeaning(String value) {
        assertEquals(
                Cause.MALFORMED_CONNECTION,
                malformed("GET / HTTP/1.1", "Host: a", "Connection: " + value).cause());
        assertEquals(
                Cause.MALFORMED_CONNECTION,
                malformed("GET / HTTP/1.1", "Host: a", "Connection: close", "Connection: " + value)
                        .cause());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a;b", "\"a\"", "a/b", "\u00e9"})
    void aConnectionOptionIsAToken(String value) {
        assertEquals(
                Cause.MALFORMED_CONNECTION,
                malformed("GET / HTTP/1.1", "Host: a", "Connection: " + value).cause());
    }

    @Test
    void tenConnectionOptionsAreEnough() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            names.add("x" + i);
        }
        Heads.request("GET / HTTP/1.1", "Host: a", "Connection: " + String.join(",", names));
        assertEquals(
                Cause.MALFORMED_CONNECTION,
                malformed("GET / HTTP/1.1", "Host: a", "Connection: " + String.join(",", names) + ",x")
                        .cause());
        assertEquals(
                Cause.MALFORMED_CONNECTION,
                malformed("GET / HTTP/1.1", "Host: a", "Connection: " + String.join(",", names), "Connection: x")
                        .cause());
    }

    @Test
    void nothingIsLookedAtBehindTheNamesThatAreEnough() {
        String value = "x,".repeat(10) + " , y, not a token";
        assertEquals(
                "Connection with more than 10 names",
                malformed("GET / HTTP/1.1", "Host: a", "Connection: " + value).seen());
    }

    static Stream<Arguments> persistence() {
        return Stream.of(
                arguments("GET / HTTP/1.1", "Accept: a", true),
                arguments("GET / HTTP/1.1", "Connection: keep-alive", true),
                arguments("GET / HTTP/1.1", "Connection: Close", false),
                arguments("GET / HTTP/1.1", "Connection: x, CLOSE", false),
                arguments("GET / HTTP/1.1", "Connection: keep-alive, close", false),
                arguments("GET / HTTP/1.0", "Accept: a", false),
                arguments("GET / HTTP/1.0", "Connection: Keep-Alive", true),
                arguments("GET / HTTP/1.0", "Connection: x,keep-alive", true),
                arguments("GET / HTTP/1.0", "Connection: keep-alive, close", false));
    }

    @ParameterizedTest
    @MethodSource("persistence")
    void theConnectionStaysOpenWhenTheClientMeansIt(String line, String field, boolean persists) {
        RequestHead head = Heads.request(line, "Host: a", field);
        assertEquals(persists, head.connection().persists(head.version()));
    }

    // Expect (RFC 9110 §10.1.1)

    @Test
    void onlyABodyIsWorthWaitingFor() {
        assertEquals(Expectation.CONTINUE, expectation("POST / HTTP/1.1", "Content-Length: 1"));
        assertEquals(Expectation.CONTINUE, expectation("POST / HTTP/1.1", "Transfer-Encoding: chunked"));
        assertEquals(Expectation.NONE, expectation("POST / HTTP/1.1", "Content-Length: 0"));
        assertEquals(Expectation.NONE, expectation("GET / HTTP/1.1", "X: y"));
        assertEquals(Expectation.NONE, expectation("POST / HTTP/1.0", "Content-Length: 1"));
    }

    private static Expectation expectation(String line, String field) {
        return Heads.request(line, "Host: a", field, "Expect: 100-Continue").expectation();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "200-ok", "100-continue, x", "100-continue;a", "100"})
    void anyOtherExpectationFails(String value) {
        assertEquals(
                Cause.EXPECTATION_NOT_MET,
                malformed("POST / HTTP/1.1", "Host: a", "Content-Length: 1", "Expect: " + value)
                        .cause());
        assertEquals(
                Cause.EXPECTATION_NOT_MET,
                malformed("POST / HTTP/1.1", "Host: a", "Expect: 100-continue", "Expect: " + value)
                        .cause());
    }

    // Upgrade (RFC 9110 §7.8)

    static Stream<Arguments> upgrades() {
        String key = "Sec-WebSocket-Key: k";
        return Stream.of(
                arguments(List.of("Connection: upgrade", "Upgrade: websocket", key), upgrade("websocket", "k")),
                arguments(
                        List.of("Connection: keep-alive, Upgrade", "Upgrade: WebSocket", key),
                        upgrade("WebSocket", "k")),
                arguments(
                        List.of("Connection: upgrade", "Upgrade: websocket"),
                        new Intent.Upgrade("websocket", Optional.empty())),
                arguments(
                        List.of("Connection: upgrade", "Upgrade: websocket", key, key),
                        new Intent.Upgrade("websocket", Optional.empty())),
                arguments(
                        List.of("Connection: upgrade", "Upgrade: h2c, websocket", key), upgrade("h2c, websocket", "k")),
                arguments(List.of("Connection: upgrade", "Upgrade: a", "Upgrade: b", key), upgrade("a, b", "k")),
                arguments(List.of("Upgrade: websocket", key), Intent.PLAIN),
                arguments(List.of("Connection: upgrade", key), Intent.PLAIN),
                arguments(List.of("Connection: upgrade", "Upgrade:", key), Intent.PLAIN),
                arguments(List.of("Connection: upgrade", "Upgrade: websocket", key, "Content-Length: 1"), Intent.PLAIN),
                arguments(
                        List.of("Connection: upgrade", "Upgrade: websocket", key, "Content-Length: 0"),
                        upgrade("websocket", "k")),
                arguments(
                        List.of("Connection: upgrade", "Upgrade: websocket", key, "Transfer-Encoding: chunked"),
                        Intent.PLAIN));
    }

    private static Intent upgrade(String protocol, String key) {
        return new Intent.Upgrade(protocol, Optional.of(key));
    }

    @ParameterizedTest
    @MethodSource("upgrades")
    void anUpgradeIsOneOnlyWithItsConnectionOptionAndWithoutBody(List<String> fields, Intent intent) {
        assertEquals(intent, withFields("GET / HTTP/1.1", fields).intent());
        assertEquals(
                Intent.PLAIN,
                withFields(
                                "GET / HTTP/1.0",
                                fields.stream()
                                        .filter(f -> !f.startsWith("Transfer"))
                                        .toList())
                        .intent());
    }

    @Test
    void aWebSocketIsAskedForWithGet() {
        List<String> fields = List.of("Connection: upgrade", "Upgrade: websocket", "Sec-WebSocket-Key: k");
        assertEquals(Intent.PLAIN, withFields("POST / HTTP/1.1", fields).intent());
        assertEquals(Intent.PLAIN, withFields("get / HTTP/1.1", fields).intent());
    }

    private static RequestHead withFields(String line, List<String> fields) {
        List<String> lines = new ArrayList<>(List.of(line, "Host: a"));
        lines.addAll(fields);
        return Heads.request(lines.toArray(new String[0]));
    }

    // What a log may show

    static Stream<Arguments> headsWithSecrets() {
        String secret = "s3cr3t";
        return Stream.of(
                arguments(List.of("GET /x?token=s3cr3t HTTP/9", "Host: a")),
                arguments(List.of("GET /x?token=s3cr3t#f HTTP/1.1", "Host: a")),
                arguments(List.of("GET /../x?token=s3cr3t HTTP/1.1", "Host: a")),
                arguments(List.of("GET ?token=s3cr3t HTTP/1.1", "Host: a")),
                arguments(List.of("GET x?token=s3cr3t HTTP/1.1", "Host: a")),
                arguments(List.of("GET ftp://a/x?token=s3cr3t HTTP/1.1", "Host: a")),
                arguments(List.of("GET http://u:s3cr3t@a/x HTTP/1.1", "Host: a")),
                arguments(List.of("GET http://u@a/x?token=s3cr3t HTTP/1.1", "Host: a")),
                arguments(List.of("GET http://a/../x?token=s3cr3t HTTP/1.1", "Host: a")),
                arguments(List.of("GET http://b/x?token=s3cr3t HTTP/1.1", "Host: a")),
                arguments(List.of("GET / HTTP/1.1", "Host: u:s3cr3t@a")),
                arguments(List.of("GET / HTTP/1.1", "Cookie: " + secret)),
                arguments(List.of("GET / HTTP/1.1", "Host: a", "Cookie : " + secret)),
                arguments(List.of("GET / HTTP/1.1", "Host: a", "Cookie: " + secret + "\u0000")),
                arguments(List.of("GET / HTTP/1.1", "Host: a", "Cookie: " + secret + "\rb")),
                arguments(List.of("GET / HTTP/1.1", "Host: a", "Cookie: " + secret + "\nb")),
                arguments(List.of("GET / HTTP/1.1", "Host: a", "Cookie: a", " " + secret)),
                arguments(List.of("GET / HTTP/1.1", "Host: a", "Cookie" + " " + secret)),
                arguments(List.of(
                        "GET / HTTP/1.1", "Host: a", "Authorization: Basic " + secret, "Connection: Authorization")),
                arguments(List.of("GET / HTTP/1.1", "Host: a", "Authorization\t: Basic " + secret)),
                arguments(List.of("GET / HTTP/1.1", "Host: a", "Authorization: Basic " + secret + "\u007f")));
    }

    @ParameterizedTest
    @MethodSource("headsWithSecrets")
    void whatIsTellableOfABadHeadHoldsNoSecret(List<String> lines) {
        Malformed malformed = malformed(lines.toArray(new String[0]));
        assertFalse(malformed.seen().contains("s3cr3t"), malformed.toString());
    }

    @Test
    void aRequestPrintsWithoutQueryAndFields() {
        RequestHead head = Heads.request("GET /x?token=1 HTTP/1.1", "Host: a", "Cookie: c");
        assertEquals("GET /x?…", head.toString());
        assertEquals("Host, Cookie", head.fields().toString());
    }

    private static Malformed malformed(String... lines) {
        return switch (RequestHead.parse(Heads.octets(lines), Scheme.HTTP)) {
            case Malformed malformed -> malformed;
            case RequestHead head -> throw new AssertionError("accepted: " + head);
        };
    }
}
