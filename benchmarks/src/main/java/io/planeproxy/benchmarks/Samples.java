package io.planeproxy.benchmarks;

import io.planeproxy.core.http.Intent;
import io.planeproxy.core.http.Malformed;
import io.planeproxy.core.http.Method;
import io.planeproxy.core.http.ParsedReply;
import io.planeproxy.core.http.ParsedRequest;
import io.planeproxy.core.http.ReplyHead;
import io.planeproxy.core.http.RequestHead;
import io.planeproxy.core.http.Scheme;
import io.planeproxy.core.http.WebSocketAccept;
import io.planeproxy.core.route.BodyLimit;
import io.planeproxy.core.route.PathPrefix;
import io.planeproxy.core.route.Route;
import io.planeproxy.core.route.Upgrades;
import io.planeproxy.core.route.Upstream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Messages as browsers and Plane send them, and the routes they take. */
final class Samples {
    static final String WEB_SOCKET_KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    private static final String BROWSER_FIELDS = """
            Host: plane.example.com
            User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36
            Accept: application/json, text/plain, */*
            Accept-Language: en-GB,en;q=0.9,de;q=0.8
            Accept-Encoding: gzip, deflate, br, zstd
            Referer: https://plane.example.com/acme/projects/6b1d2f0e-0d55-4c8a-9a39-5b6f2f1c7a10/issues/
            Cookie: session-id=q3v8b1x7k2m9c4n6z5l0p8j7h6g5f4d3s2a1w9e8r7t6y5u4i3o2p1q0; csrftoken=Zk3lQ8sVb1Xy7Tn2Rm5Wc9Jd4Hf6Gp0
            Sec-Fetch-Site: same-origin
            Sec-Fetch-Mode: cors
            Sec-Fetch-Dest: empty
            """;

    private Samples() {}

    /** What Plane's page asks its api for, again and again: 696 bytes. */
    static byte[] apiRequest() {
        return message(
                "GET /api/workspaces/acme/projects/6b1d2f0e-0d55-4c8a-9a39-5b6f2f1c7a10/issues/?order_by=-created_at"
                        + "&per_page=100&cursor=100:0:0 HTTP/1.1\n" + BROWSER_FIELDS);
    }

    /** An upload to the store, as the browser begins it. */
    static byte[] uploadRequest() {
        return message("POST /uploads HTTP/1.1\n" + BROWSER_FIELDS
                + "Content-Type: multipart/form-data; boundary=----WebKitFormBoundaryk3lQ8sVb1Xy7Tn2R\n"
                + "Content-Length: 65536\n");
    }

    static byte[] upgradeRequest() {
        return upgradeRequest("websocket");
    }

    /** @param protocol that is asked for */
    static byte[] upgradeRequest(String protocol) {
        return message("GET /live/collaboration?documentType=project_page HTTP/1.1\n" + BROWSER_FIELDS
                + "Connection: Upgrade\nUpgrade: " + protocol
                + "\nSec-WebSocket-Version: 13\nSec-WebSocket-Key: " + WEB_SOCKET_KEY
                + "\n");
    }

    static byte[] apiReply() {
        return message("""
                HTTP/1.1 200 OK
                Date: Mon, 23 Nov 2026 10:00:00 GMT
                Server: uvicorn
                Content-Type: application/json
                Content-Length: 214
                Vary: Accept, Accept-Language, Cookie, origin
                Allow: GET, POST, HEAD, OPTIONS
                Content-Language: en
                X-Frame-Options: DENY
                X-Content-Type-Options: nosniff
                Referrer-Policy: same-origin
                Cross-Origin-Opener-Policy: same-origin
                """);
    }

    static byte[] switchReply() {
        return switchReply("websocket");
    }

    static byte[] switchReply(String protocol) {
        return message("HTTP/1.1 101 Switching Protocols\nConnection: Upgrade\nUpgrade: " + protocol
                + "\nSec-WebSocket-Accept: " + WebSocketAccept.of(WEB_SOCKET_KEY) + "\n");
    }

    private static byte[] message(String lines) {
        return (lines + "\n").replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    static RequestHead request(byte[] octets) {
        return sane(RequestHead.parse(octets, Scheme.HTTPS));
    }

    static RequestHead sane(ParsedRequest parsed) {
        return switch (parsed) {
            case RequestHead head -> head;
            case Malformed malformed -> throw new IllegalStateException("the sample is malformed: " + malformed);
        };
    }

    static ReplyHead reply(byte[] octets, Intent asked) {
        return sane(ReplyHead.parse(octets, Method.GET, asked));
    }

    static ReplyHead sane(ParsedReply parsed) {
        return switch (parsed) {
            case ReplyHead head -> head;
            case Malformed malformed -> throw new IllegalStateException("the sample is malformed: " + malformed);
        };
    }

    /** The route to that upstream, with the defaults of an operator who names nothing else. */
    static Route route(String prefix, Upstream upstream) {
        return new Route(
                new PathPrefix(prefix),
                upstream,
                new BodyLimit.Bytes(10 * 1024 * 1024),
                Upgrades.WEBSOCKET,
                Duration.ofSeconds(600));
    }

    static Route route(String prefix, String host, int port) {
        return route(prefix, new Upstream(Scheme.HTTP, host, port));
    }
}
