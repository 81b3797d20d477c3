package io.planeproxy.server.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.planeproxy.core.kit.Frames;
import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.Reply;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.UpstreamExchange;
import io.planeproxy.core.kit.WebSocketHandshake;
import io.planeproxy.core.kit.Wire;
import io.planeproxy.server.AssembledProxy;
import java.io.IOException;
import java.util.List;
import java.util.Random;

/** What users do in an hour, without the time in between. Counts for itself what the proxy should have counted after it. */
final class HourOfTraffic {
    private static final int MINUTES = 60;

    private final AssembledProxy proxy;
    private final String dead;
    private final Series expected = new Series();
    private final Random random = new Random(5);
    private final List<Runnable> deeds = List.of(
            () -> exchange("GET", "/ok", "", 200, "none"),
            () -> exchange("GET", "/gone", "", 404, "none"),
            () -> exchange("POST", "/made", "x".repeat(random.nextInt(1, 5000)), 201, "none"),
            () -> exchange("BREW", "/ok", "", 200, "none"),
            () -> exchange("GET", "/broken", "", 500, "none"),
            this::overTheLimit,
            this::deadUpstream,
            this::staleConnection,
            this::noRequest,
            this::overTls,
            this::httpToTls,
            this::refusedHandshake,
            this::webSocketClosedByClient,
            this::webSocketClosedByUpstream,
            this::webSocketWithPings,
            this::webSocketThatVanishes);

    /** @param dead the upstream of {@code /dead/}, which refuses connections */
    HourOfTraffic(AssembledProxy proxy, String dead) {
        this.proxy = proxy;
        this.dead = dead;
    }

    /** The upstream of all this. */
    static Script upstream() {
        return exchange -> {
            switch (exchange.head().target()) {
                case "/made" ->
                    answer(exchange, "201 Created", exchange.request().bodyText());
                case "/gone" -> answer(exchange, "404 Not Found", "gone");
                case "/broken" -> answer(exchange, "500 Oops", "broken");
                case "/stale" -> onlyOnNewConnections(exchange);
                case "/ws/echo" -> Script.upgradeAndEcho().serve(exchange);
                case "/ws/4205" -> closeWith4205(exchange);
                case "/ws/pong" -> pong(exchange);
                default -> answer(exchange, "200 OK", "hello");
            }
        };
    }

    /** All that was to be counted, after it has happened. */
    Series go() {
        for (int minute = 0; minute < MINUTES; minute++) {
            deeds.get(minute % deeds.size()).run();
            for (int more = random.nextInt(6); more > 0; more--) {
                deeds.get(random.nextInt(deeds.size())).run();
            }
        }
        return expected;
    }

    private static void answer(UpstreamExchange exchange, String status, String body) throws IOException {
        exchange.request();
        exchange.write("HTTP/1.1 " + status + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private void exchange(String method, String target, String body, int status, String cause) {
        try (RawClient client = RawClient.to(proxy.plain())) {
            exchange(client, method, target, body, status, cause);
        }
    }

    private void exchange(RawClient client, String method, String target, String body, int status, String cause) {
        String length = body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n";
        Reply reply = client.send(
                        method + " " + target + " HTTP/1.1\r\nHost: plane.example\r\n" + length + "\r\n" + body)
                .reply(method);
        assertEquals(status, reply.status(), reply::toString);
        count("/", method.equals("BREW") ? "other" : method, status, cause);
        expected.add("plane_proxy_exchange_received_bytes_total{route=\"/\"}", body.length());
        expected.add("plane_proxy_exchange_sent_bytes_total{route=\"/\"}", reply.body().length);
        countPhases("/", "connection", "head", "body");
    }

    private void count(String route, String method, int status, String cause) {
        expected.add(
                "plane_proxy_exchanges_total{cause=\"" + cause + "\",method=\"" + method + "\",route=\"" + route
                        + "\",status=\"" + status / 100 + "xx\"}",
                1);
        expected.add("plane_proxy_exchange_duration_seconds_count{route=\"" + route + "\"}", 1);
    }

    private void countPhases(String route, String... phases) {
        for (String phase : phases) {
            expected.add(
                    "plane_proxy_exchange_phase_seconds_count{phase=\"" + phase + "\",route=\"" + route + "\"}", 1);
        }
    }

    /** Refused before the upstream sees anything. */
    private void overTheLimit() {
        try (RawClient client = RawClient.to(proxy.plain())) {
            Reply reply = client.send("POST /made HTTP/1.1\r\nHost: plane.example\r\nContent-Length: 5000000\r\n\r\n")
                    .reply("POST");
            assertEquals(413, reply.status());
            count("/", "POST", 413, "body-over-limit");
            expected.add("plane_proxy_exchange_sent_bytes_total{route=\"/\"}", reply.body().length);
        }
    }

    private void deadUpstream() {
        try (RawClient client = RawClient.to(proxy.plain())) {
            Reply reply = client.send("GET /dead/x HTTP/1.1\r\nHost: plane.example\r\n\r\n")
                    .reply("GET");
            assertEquals(502, reply.status());
            count("/dead", "GET", 502, "upstream-refused");
            countPhases("/dead", "connection");
            expected.add("plane_proxy_exchange_sent_bytes_total{route=\"/dead\"}", reply.body().length);
            expected.add(
                    "plane_proxy_upstream_connect_failures_total{cause=\"upstream-refused\",upstream=\"" + dead + "\"}",
                    1);
        }
    }

    /** The second request meets a connection that was kept and is closed by now. */
    private void staleConnection() {
        try (RawClient client = RawClient.to(proxy.plain())) {
            exchange(client, "GET", "/ok", "", 200, "none");
            exchange(client, "GET", "/stale", "", 200, "none");
            expected.add("stale retries", 1);
        }
    }

    private static void onlyOnNewConnections(UpstreamExchange exchange) throws IOException {
        if (exchange.connection().requests().isEmpty()) {
            answer(exchange, "200 OK", "new");
        } else {
            exchange.close();
        }
    }

    private void noRequest() {
        try (RawClient client = RawClient.to(proxy.plain())) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n").reply("GET");
            expected.add("plane_proxy_requests_refused_total{cause=\"malformed-two-hosts\"}", 1);
        }
    }

    private void overTls() {
        try (RawClient client = RawClient.overTls(proxy.tls().orElseThrow(), "plane.example")) {
            exchange(client, "GET", "/ok", "", 200, "none");
            expected.add("plane_proxy_tls_handshakes_total{version=\"TLSv1.3\"}", 1);
        }
    }

    private void httpToTls() {
        try (RawClient client = RawClient.to(proxy.tls().orElseThrow())) {
            client.send("GET / HTTP/1.1\r\nHost: plane.example\r\n\r\n").reply("GET");
            expected.add("plane_proxy_requests_refused_total{cause=\"http-on-tls-port\"}", 1);
        }
    }

    private void refusedHandshake() {
        try (RawClient client = RawClient.to(proxy.plain())) {
            Reply reply = client.send(WebSocketHandshake.request("/gone")).reply("GET");
            count("/", "GET", 404, "upgrade-refused-by-upstream");
            countPhases("/", "connection", "head", "body");
            expected.add("plane_proxy_exchange_sent_bytes_total{route=\"/\"}", reply.body().length);
            expected.add("plane_proxy_tunnel_handshakes_total{result=\"upgrade-refused-by-upstream\"}", 1);
        }
    }

    private void webSocketClosedByClient() {
        try (RawClient client = webSocket("/ws/echo")) {
            byte[] text = Frames.frame(0x81, Wire.bytes("x".repeat(random.nextInt(300))), true, random);
            byte[] begin = Frames.frame(0x02, Wire.bytes("a message of "), true, random);
            byte[] end = Frames.frame(0x80, Wire.bytes("two frames"), true, random);
            byte[] close = Frames.close(1000, "", true, random);
            for (byte[] frame : List.of(text, begin, end, close)) {
                client.send(frame).bytes(frame.length);
                countBytes("client", frame);
                countBytes("upstream", frame);
            }
            for (String from : List.of("client", "upstream")) {
                countFrames(from, "text", "binary", "continuation", "close");
                expected.add("plane_proxy_tunnel_messages_total{from=\"" + from + "\"}", 2);
            }
        }
        countEnd("client", "closed", "1000", "none");
    }

    private void webSocketClosedByUpstream() {
        try (RawClient client = webSocket("/ws/4205")) {
            byte[] close = Frames.close(4205, "Reset Connection", false, random);
            client.bytes(close.length);
            countBytes("upstream", close);
            countFrames("upstream", "close");
        }
        countEnd("upstream", "closed", "4205", "none");
    }

    private static void closeWith4205(UpstreamExchange exchange) throws IOException {
        exchange.switchProtocols();
        exchange.write(Frames.close(4205, "Reset Connection", false, new Random(1)));
        exchange.untilEnd();
        exchange.close();
    }

    private void webSocketWithPings() {
        try (RawClient client = webSocket("/ws/pong")) {
            byte[] ping = Frames.frame(0x89, Wire.bytes("1234"), true, random);
            byte[] close = Frames.close(4999, "", true, random);
            client.send(ping).bytes(Frames.frame(0x8a, Wire.bytes("1234"), false, random).length);
            client.send(close);
            countBytes("client", ping);
            countBytes("client", close);
            countBytes("upstream", Frames.frame(0x8a, Wire.bytes("1234"), false, random));
            countFrames("client", "ping", "close");
            countFrames("upstream", "pong");
            expected.add("plane_proxy_tunnel_ping_seconds_count{side=\"upstream\"}", 1);
        }
        countEnd("client", "closed", "other", "none");
    }

    private static void pong(UpstreamExchange exchange) throws IOException {
        exchange.switchProtocols();
        exchange.bytes(Frames.frame(0x89, Wire.bytes("1234"), true, new Random(1)).length);
        exchange.write(Frames.frame(0x8a, Wire.bytes("1234"), false, new Random(1)));
        exchange.untilEnd();
        exchange.close();
    }

    private void webSocketThatVanishes() {
        RawClient client = webSocket("/ws/echo");
        client.reset();
        countEnd("client", "broke", "none", "tunnel-client-lost");
    }

    private RawClient webSocket(String target) {
        RawClient client = RawClient.to(proxy.plain());
        client.send(WebSocketHandshake.request(target));
        assertEquals(101, client.interim().status());
        count("/", "GET", 101, "none");
        countPhases("/", "connection", "head", "body");
        expected.add("plane_proxy_tunnel_handshakes_total{result=\"switched\"}", 1);
        return client;
    }

    private void countFrames(String from, String... kinds) {
        for (String kind : kinds) {
            expected.add("plane_proxy_tunnel_frames_total{from=\"" + from + "\",kind=\"" + kind + "\"}", 1);
        }
    }

    private void countBytes(String from, byte[] frame) {
        expected.add("plane_proxy_tunnel_bytes_total{from=\"" + from + "\"}", frame.length);
    }

    private void countEnd(String by, String how, String code, String cause) {
        expected.add("plane_proxy_tunnel_duration_seconds_count", 1);
        expected.add(
                "plane_proxy_tunnels_ended_total{by=\"" + by + "\",cause=\"" + cause + "\",code=\"" + code + "\",how=\""
                        + how + "\"}",
                1);
    }
}
