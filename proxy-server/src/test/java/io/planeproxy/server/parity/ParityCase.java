package io.planeproxy.server.parity;

import static io.planeproxy.server.parity.Difference.CODING_OF_CHUNKED;
import static io.planeproxy.server.parity.Difference.CONNECTION;
import static io.planeproxy.server.parity.Difference.HOST_AS_ASKED;
import static io.planeproxy.server.parity.Difference.LENGTH_OF_CHUNKED;
import static io.planeproxy.server.parity.Difference.NO_UPGRADE;
import static io.planeproxy.server.parity.Difference.PORT;
import static io.planeproxy.server.parity.Difference.REQUEST_ID;
import static io.planeproxy.server.parity.Difference.TARGET_AS_SENT;
import static io.planeproxy.server.parity.Difference.endsHere;
import static io.planeproxy.server.parity.Difference.refused;

import io.planeproxy.core.kit.WebSocketHandshake;
import java.util.List;
import java.util.stream.Stream;

/**
 * One request that goes through both, and the differences that it must show: all of them and no other.
 *
 * @param raw the bytes, one a character
 */
record ParityCase(String name, String raw, List<Difference> differences) {
    /** Stands in a target for the scheme that the request comes in by; another one would be refused. */
    private static final String SCHEME = "{scheme}";

    private static final String HOST = "Host: plane.example";
    private static final String WEBSOCKET = "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + WebSocketHandshake.KEY;

    static Stream<ParityCase> all() {
        return Stream.of(methods(), bodies(), fields(), identity(), hopByHop(), targets(), upgrades())
                .flatMap(cases -> cases);
    }

    private static Stream<ParityCase> methods() {
        return Stream.of(
                ordinary("GET of the root", head("GET / HTTP/1.1")),
                ordinary("GET with a query", head("GET /x?y=1&z=%20&w HTTP/1.1")),
                ordinary("HEAD", head("HEAD /x HTTP/1.1")),
                ordinary("OPTIONS", head("OPTIONS /x HTTP/1.1", "Access-Control-Request-Method: PUT")),
                ordinary("DELETE without a body", head("DELETE /x HTTP/1.1")),
                ordinary("PROPFIND", head("PROPFIND /x HTTP/1.1", "Depth: 1")),
                ordinary("HTTP/1.0 with Host", head("GET /x HTTP/1.0")),
                ordinary("an empty line before the request", "\r\n" + head("GET /x HTTP/1.1")));
    }

    private static Stream<ParityCase> bodies() {
        return Stream.of(
                ordinary("POST of nothing", sized("POST", "")),
                ordinary("POST of text", sized("POST", "hello")),
                ordinary("POST of JSON", sized("POST", "{\"a\":[1,2]}", "Content-Type: application/json")),
                ordinary("PUT", sized("PUT", "hello")),
                ordinary("PATCH", sized("PATCH", "hello")),
                ordinary("DELETE with a body", sized("DELETE", "hello")),
                ordinary("GET with a body", sized("GET", "hello")),
                ordinary("POST of every byte there is", sized("POST", everyByte())),
                ordinary("POST of 64 KiB", sized("POST", "0123456789abcdef".repeat(4096))),
                ordinary("POST of 1 MiB", sized("POST", "0123456789abcdef".repeat(65536))),
                ordinary("a form with a file", sized("POST", form(), "Content-Type: multipart/form-data; boundary=b")),
                ordinary("Expect: 100-continue", sized("POST", "hello", "Expect: 100-continue")),
                chunked("POST in one chunk", "5\r\nhello\r\n0\r\n\r\n"),
                chunked("POST in many chunks", "1\r\nh\r\n".repeat(300) + "0\r\n\r\n"),
                chunked("POST of an empty chunked body", "0\r\n\r\n"),
                chunked("POST in chunks with extensions", "5;a=b\r\nhello\r\n0\r\n\r\n"),
                chunked("POST in chunks with a trailer", "5\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n"));
    }

    private static Stream<ParityCase> fields() {
        return Stream.of(
                ordinary("a cookie", get("Cookie: session-id=abc; csrftoken=def")),
                ordinary("two cookie lines", get("Cookie: a=1", "Cookie: b=2")),
                ordinary("Authorization", get("Authorization: Bearer abc")),
                ordinary(
                        "what a browser sends",
                        get(
                                "User-Agent: Mozilla/5.0 (X11)",
                                "Accept: text/html, */*;q=0.8",
                                "Accept-Language: en",
                                "Accept-Encoding: gzip, br",
                                "Referer: http://plane.example/",
                                "Sec-Fetch-Mode: cors")),
                ordinary("Origin", get("Origin: http://plane.example")),
                ordinary("a range", get("Range: bytes=0-99", "If-Range: \"tag\"")),
                ordinary(
                        "a conditional",
                        get("If-None-Match: \"tag\"", "If-Modified-Since: Mon, 23 Nov 2026 10:00:00 GMT")),
                ordinary("a repeated field", get("X-Many: 1", "X-Other: 2", "x-many: 3", "X-MANY: 4")),
                ordinary("an empty value", get("X-Empty:", "X-After: 1")),
                ordinary("space around a value", get("X-Space: \t a  b \t ")),
                ordinary("a value of 4 KB", get("X-Long: " + "v".repeat(4000))),
                ordinary("a value in Latin-1", get("X-Name: caf\u00e9")),
                ordinary("a name in an odd spelling", get("x-LOWER-upper: 1")),
                differing(
                        "a name with a dot",
                        get("X.Dot: 1"),
                        new Difference(
                                "field x.dot",
                                "nginx drops names with marks other than '-'; a dot is allowed (RFC 9110 section 5.6.2), we pass it")),
                ordinary("a name with an underscore", get("X_Under: 1")));
    }

    private static Stream<ParityCase> identity() {
        return Stream.of(
                differing(
                        "X-Forwarded-For of the client",
                        get("X-Forwarded-For: 6.6.6.6"),
                        new Difference(
                                "field x-forwarded-for",
                                "the site appends to what the client claims, and Django takes the leftmost; we replace it, since the peer is not"
                                        + " a trusted proxy")),
                ordinary("X-Real-IP of the client", get("X-Real-IP: 6.6.6.6")),
                ordinary("X-Forwarded-Proto of the client", get("X-Forwarded-Proto: https")),
                ordinary("X-Forwarded-Host of the client", get("X-Forwarded-Host: evil.example")),
                differing("X-Request-Id that no log can take", get("X-Request-Id: a b")),
                alone("X-Request-Id of the client", get("X-Request-Id: 7d9f3c8e-1b2a"), CONNECTION, PORT),
                ordinary("X-Forwarded-Port of the client", get("X-Forwarded-Port: 1")),
                differing(
                        "Forwarded of the client",
                        get("Forwarded: for=6.6.6.6"),
                        endsHere("forwarded", "a client must not choose its address (RFC 7239 section 8.1)")),
                differing(
                        "X-Original-URL of the client",
                        get("X-Original-URL: /admin"),
                        endsHere("x-original-url", "frameworks route on it instead of the target")),
                differing("Host with a port", "GET /x HTTP/1.1\r\nHost: plane.example:8080\r\n\r\n", HOST_AS_ASKED),
                differing("Host in capitals", "GET /x HTTP/1.1\r\nHost: Plane.Example\r\n\r\n", HOST_AS_ASKED));
    }

    private static Stream<ParityCase> hopByHop() {
        return Stream.of(
                ordinary("Connection: close", get("Connection: close")),
                ordinary("Connection: keep-alive", get("Connection: keep-alive")),
                ordinary("Keep-Alive", get("Keep-Alive: timeout=9")),
                ordinary("TE", get("Connection: TE", "TE: trailers")),
                differing(
                        "a field named by Connection",
                        get("Connection: X-Custom", "X-Custom: 1"),
                        endsHere("x-custom", "the client said that it is for this hop (RFC 9110 section 7.6.1)")),
                differing(
                        "Proxy-Connection",
                        get("Proxy-Connection: keep-alive"),
                        endsHere("proxy-connection", "it is about the client's connection (RFC 9112 appendix C.2.2)")),
                differing(
                        "Proxy-Authorization",
                        get("Proxy-Authorization: Basic eA=="),
                        endsHere("proxy-authorization", "credentials for a proxy are none of the upstream's")),
                differing(
                        "Proxy",
                        get("Proxy: http://evil.example"),
                        endsHere("proxy", "CGI programs read it as HTTP_PROXY (httpoxy)")));
    }

    private static Stream<ParityCase> targets() {
        return Stream.of(
                ordinary("a trailing slash", head("GET /api/x/ HTTP/1.1")),
                ordinary("marks that are plain in a path", head("GET /a-b.c_d~e!$&'()*+,;=:@f HTTP/1.1")),
                ordinary("an encoded space", head("GET /a%20b HTTP/1.1")),
                ordinary("an odd query", head("GET /x?a=b|c&d[]=1&e=/../f&g=%2f HTTP/1.1")),
                ordinary("a long target", head("GET /" + "a".repeat(4000) + " HTTP/1.1")),
                ordinary("absolute-form", head("GET " + SCHEME + "://plane.example/x?y HTTP/1.1")),
                differing("an encoded letter", head("GET /%61pi/x HTTP/1.1"), TARGET_AS_SENT),
                differing("an encoded slash", head("GET /uploads/a%2fb HTTP/1.1"), TARGET_AS_SENT),
                differing("encoded UTF-8 in lower-case digits", head("GET /caf%c3%a9 HTTP/1.1"), TARGET_AS_SENT),
                differing("two slashes", head("GET //api//x HTTP/1.1"), TARGET_AS_SENT),
                alone(
                        "a dot segment",
                        head("GET /api/../x HTTP/1.1"),
                        refused("routing on one form and forwarding another is how" + " requests slip past a prefix")),
                alone(
                        "line ends without CR",
                        "GET /x HTTP/1.1\n" + HOST + "\n\n",
                        refused("parsers that differ about line ends are" + " how requests are smuggled")));
    }

    private static Stream<ParityCase> upgrades() {
        return Stream.of(
                alone("a WebSocket", get("Connection: Upgrade", "Upgrade: websocket", WEBSOCKET), PORT, REQUEST_ID),
                alone(
                        "a WebSocket as Plane's page opens it",
                        head(
                                "GET /live/collaboration?documentType=project_page&projectId=p&workspaceSlug=w HTTP/1.1",
                                "Connection: Upgrade",
                                "Upgrade: websocket",
                                "Origin: http://plane.example",
                                "Cookie: session-id=abc",
                                "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits",
                                WEBSOCKET),
                        PORT,
                        REQUEST_ID),
                alone(
                        "a WebSocket with a subprotocol",
                        get("Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Protocol: a, b", WEBSOCKET),
                        PORT,
                        REQUEST_ID),
                alone(
                        "a WebSocket as Firefox asks",
                        get("Connection: keep-alive, Upgrade", "Upgrade: websocket", WEBSOCKET),
                        PORT,
                        REQUEST_ID),
                alone(
                        "a WebSocket with Connection twice",
                        get("Connection: keep-alive", "Connection: upgrade", "Upgrade: websocket", WEBSOCKET),
                        PORT,
                        REQUEST_ID),
                differing("Upgrade without Connection", get("Upgrade: websocket", WEBSOCKET), NO_UPGRADE),
                differing(
                        "Upgrade: h2c",
                        get("Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQAAP__"),
                        NO_UPGRADE,
                        endsHere("http2-settings", "it belongs to the upgrade that is not passed on")),
                differing("Upgrade to something unknown", get("Connection: Upgrade", "Upgrade: foo/2"), NO_UPGRADE),
                differing(
                        "Upgrade with a body",
                        sized("POST", "hello", "Connection: Upgrade", "Upgrade: websocket", WEBSOCKET),
                        NO_UPGRADE));
    }

    ParityCase by(String scheme) {
        return new ParityCase(name, raw.replace(SCHEME, scheme), differences);
    }

    @Override
    public String toString() {
        return name;
    }

    /** Differs in nothing but what every request differs in. */
    private static ParityCase ordinary(String name, String raw) {
        return differing(name, raw);
    }

    private static ParityCase differing(String name, String raw, Difference... more) {
        return new ParityCase(
                name,
                raw,
                Stream.concat(Stream.of(CONNECTION, PORT, REQUEST_ID), Stream.of(more))
                        .toList());
    }

    /** Differs in these alone: an upgrade, or a request that one side refuses. */
    private static ParityCase alone(String name, String raw, Difference... all) {
        return new ParityCase(name, raw, List.of(all));
    }

    private static ParityCase chunked(String name, String body) {
        String head = head("POST /x HTTP/1.1", "Transfer-Encoding: chunked");
        return differing(name, head + body, LENGTH_OF_CHUNKED, CODING_OF_CHUNKED);
    }

    private static String get(String... fields) {
        return head("GET /x HTTP/1.1", fields);
    }

    private static String sized(String method, String body, String... fields) {
        String length = "Content-Length: " + body.length();
        return head(
                        method + " /x HTTP/1.1",
                        Stream.concat(Stream.of(fields), Stream.of(length)).toArray(String[]::new))
                + body;
    }

    private static String head(String requestLine, String... fields) {
        String more = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
        return requestLine + "\r\n" + HOST + "\r\n" + more + "\r\n";
    }

    private static String everyByte() {
        StringBuilder bytes = new StringBuilder();
        for (char c = 0; c < 256; c++) {
            bytes.append(c);
        }
        return bytes.toString();
    }

    private static String form() {
        return "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.bin\"\r\n\r\n" + everyByte()
                + "\r\n--b--\r\n";
    }
}
