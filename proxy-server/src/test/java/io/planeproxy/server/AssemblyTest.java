package io.planeproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.core.kit.FaultyLink;
import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.Reply;
import io.planeproxy.core.kit.Request;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import io.planeproxy.core.kit.Way;
import io.planeproxy.core.kit.WebSocketHandshake;
import io.planeproxy.server.settings.Read;
import io.planeproxy.server.settings.SettingsReader;
import io.planeproxy.server.settings.Sources;
import io.planeproxy.tls.PemFiles;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each key of the configuration has its effect on what clients and upstreams see. */
final class AssemblyTest {
    private static final String GET = get("/x");
    private static final Script SILENT = exchange -> exchange.untilEnd();

    @TempDir
    private static Path folder;

    private static PemFiles identity;

    @BeforeAll
    static void makeTheCertificateOnce() {
        identity = TestIdentity.in(folder);
    }

    @Test
    void routesGoByPathToTheirOwnUpstreams() {
        try (ScriptedUpstream web = ScriptedUpstream.answering(Script.reply(Script.ok("web")));
                ScriptedUpstream live = ScriptedUpstream.answering(Script.reply(Script.ok("live")));
                AssembledProxy proxy = inFrontOf(
                        web,
                        "routes = [ { path = \"/live/\", upstream = \"http://127.0.0.1:"
                                + live.address().getPort() + "\", max-body = 4B } ]");
                RawClient client = RawClient.to(proxy.plain())) {
            assertEquals("live", client.send(get("/live")).reply("GET").bodyText());
            assertEquals("live", client.send(get("/live/health")).reply("GET").bodyText());
            assertEquals("web", client.send(get("/lively")).reply("GET").bodyText());
            assertEquals("web", client.send(post("/x", "12345")).reply("POST").bodyText());
            assertEquals(413, client.send(post("/live", "12345")).reply("POST").status());
        }
    }

    @Test
    void whatATrustedProxySaysAboutTheClientIsBelieved() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                AssembledProxy proxy = inFrontOf(upstream, "trusted-proxies = [\"127.0.0.0/8\"]");
                RawClient client = RawClient.to(proxy.plain())) {
            client.send("GET /x HTTP/1.1\r\nHost: plane.example\r\nX-Forwarded-For: 203.0.113.7\r\n\r\n")
                    .reply("GET");
            assertEquals(
                    List.of("203.0.113.7, 127.0.0.1"), upstream.awaitRequest().values("X-Forwarded-For"));
        }
    }

    @Test
    void anyUpgradeIsPassedOnWhereAnyIsAllowed() {
        String upgrade = "GET /x HTTP/1.1\r\nHost: plane.example\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n";
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                AssembledProxy proxy = inFrontOf(upstream, "upgrades = any");
                RawClient client = RawClient.to(proxy.plain())) {
            client.send(upgrade).reply("GET");
            assertEquals(List.of("echo"), upstream.awaitRequest().values("Upgrade"));
        }
    }

    @Test
    void limitsOfHeadsAreAnsweredByTheirOwnStatus() {
        String many = "GET /x HTTP/1.1\r\nHost: plane.example\r\n" + "A: b\r\n".repeat(10) + "\r\n";
        String large = "GET /x HTTP/1.1\r\nHost: plane.example\r\nA: " + "b".repeat(1024) + "\r\n\r\n";
        String settings = "limits { request-line = 256, fields = 1K, field-count = 10 }";
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                AssembledProxy proxy = inFrontOf(upstream, settings)) {
            assertEquals(414, status(proxy, get("/" + "x".repeat(256))));
            assertEquals(431, status(proxy, many));
            assertEquals(431, status(proxy, large));
            assertEquals(200, status(proxy, GET));
        }
    }

    @Test
    void aConnectionIsClosedAfterItsLastRequest() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                AssembledProxy proxy = inFrontOf(upstream, "limits.requests-per-connection = 2");
                RawClient client = RawClient.to(proxy.plain())) {
            assertEquals(List.of(), client.send(GET).reply("GET").values("Connection"));
            assertEquals(List.of("close"), client.send(GET).reply("GET").values("Connection"));
            assertTrue(client.ended());
        }
    }

    @Test
    void everyTimeoutOfAClientIsTheOneThatWasSet() {
        String settings = "timeouts { head = 200ms, body-idle = 200ms, keep-alive = 200ms, tunnel-idle = 200ms }";
        Script script = exchange -> {
            if (exchange.head().has("Upgrade")) {
                Script.upgradeAndEcho().serve(exchange);
            } else {
                exchange.untilEnd();
            }
        };
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(script);
                AssembledProxy proxy = inFrontOf(upstream, settings)) {
            assertEquals(408, status(proxy, "GET /x HTTP/1.1\r\n"));
            assertEquals(408, status(proxy, "POST /x HTTP/1.1\r\nHost: plane.example\r\nContent-Length: 5\r\n\r\n123"));
            try (RawClient idle = RawClient.to(proxy.plain())) {
                assertTrue(idle.ended());
            }
            try (RawClient tunnel = RawClient.to(proxy.plain())) {
                assertEquals(
                        101,
                        tunnel.send(WebSocketHandshake.request("/live"))
                                .interim()
                                .status());
                assertTrue(tunnel.ended());
            }
        }
    }

    @Test
    void aHandshakeThatDoesNotComeEndsTheConnection() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                AssembledProxy proxy = inFrontOf(upstream, "timeouts.tls-handshake = 200ms");
                RawClient client = RawClient.to(proxy.tls().orElseThrow())) {
            client.untilEnd();
        }
    }

    @Test
    void anUpstreamThatIsSilentForTooLongIsAnswered504() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(SILENT);
                AssembledProxy proxy = inFrontOf(upstream, "timeouts.reply = 200ms")) {
            assertEquals(504, status(proxy, GET));
        }
    }

    @Test
    void noUpstreamConnectionIsKeptWhereNoneIsToBe() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                AssembledProxy proxy = inFrontOf(upstream, "upstream-pool.max-idle = 0");
                RawClient client = RawClient.to(proxy.plain())) {
            client.send(GET).reply("GET");
            client.send(GET).reply("GET");
            assertEquals(2, upstream.connectionCount());
        }
    }

    @Test
    void anUpstreamThatIsAwayIsA502ThatNamesIt() throws Exception {
        ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
        upstream.close();
        try (AssembledProxy proxy = inFrontOf(upstream, "");
                RawClient client = RawClient.to(proxy.plain())) {
            Reply reply = client.send(GET).reply("GET");
            assertEquals(502, reply.status());
            assertTrue(
                    reply.bodyText()
                            .contains("http://127.0.0.1:" + upstream.address().getPort()),
                    reply::bodyText);
        }
    }

    @Test
    void anUpstreamWithACertificateOfNoKnownAuthorityIsA502ThatSaysSo() {
        try (ScriptedUpstream plain = ScriptedUpstream.answering(Script.tellTarget());
                AssembledProxy secure = inFrontOf(plain, "");
                AssembledProxy proxy = inFrontOf(
                        plain, routeTo("https://localhost", secure.tls().orElseThrow()))) {
            String said = badGateway(proxy);
            assertTrue(said.contains("its certificate is not from an authority that this machine trusts"), said);
        }
    }

    @Test
    void anUpstreamWhoseSchemeIsWrongIsA502ThatNamesTheRightOne() {
        try (ScriptedUpstream plain = ScriptedUpstream.answering(Script.tellTarget());
                ScriptedUpstream alert = ScriptedUpstream.answering(Script.reply("\u0015\u0003\u0001\u0000\u0002"));
                AssembledProxy front = inFrontOf(plain, "");
                AssembledProxy https = inFrontOf(plain, routeTo("https://127.0.0.1", front.plain()));
                AssembledProxy http = inFrontOf(alert, "")) {
            assertTrue(badGateway(https).contains("write http:// in upstream"), badGateway(https));
            assertTrue(badGateway(http).contains("it speaks TLS; write https:// in upstream"), badGateway(http));
        }
    }

    private static String routeTo(String schemeAndHost, InetSocketAddress address) {
        return "routes = [ { path = \"/x\", upstream = \"" + schemeAndHost + ":" + address.getPort() + "\" } ]";
    }

    private static String badGateway(AssembledProxy proxy) {
        try (RawClient client = RawClient.to(proxy.plain())) {
            Reply reply = client.send(GET).reply("GET");
            assertEquals(502, reply.status());
            return reply.bodyText();
        }
    }

    @Test
    void aPassphraseFileThatIsMissingIsAProblemAtItsKey() {
        String text = """
                plane-proxy {
                  upstream = "http://127.0.0.1:9"
                  listeners = [ { port = 8443, tls {
                    certificate = "%s"
                    key = "%s"
                    passphrase-file = "%s"
                  } } ]
                }
                """.formatted(identity.certificate(), identity.key(), folder.resolve("nowhere"));
        Read.Good read = assertInstanceOf(Read.Good.class, SettingsReader.read(Sources.ofText("test.conf", text)));
        Certificates.Load.Bad bad =
                assertInstanceOf(Certificates.Load.Bad.class, Certificates.load(read.settings(), Instant.now()));
        assertEquals(1, bad.problems().size());
        String problem = bad.problems().getFirst().text();
        assertTrue(problem.startsWith("test.conf:6: plane-proxy.listeners[0].tls.passphrase-file: "), problem);
    }

    @Test
    void accessOriginsAndConnectionsAreWhatWasSet() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget())) {
            try (AssembledProxy proxy = inFrontOf(upstream, "access.deny = [\"127.0.0.0/8\"]")) {
                assertEquals(403, status(proxy, GET));
            }
            try (AssembledProxy proxy = inFrontOf(upstream, "websocket.origins = same")) {
                String page = WebSocketHandshake.request("/live")
                        .replace("\r\n\r\n", "\r\nOrigin: https://e.example\r\n\r\n");
                assertEquals(403, status(proxy, page));
            }
            try (AssembledProxy proxy = inFrontOf(upstream, "rate-limit { per-second = 1, burst = 0 }")) {
                assertEquals(200, status(proxy, GET));
                assertEquals(429, status(proxy, GET));
            }
        }
    }

    /** PROXY protocol 2.1 and 2.2, in both versions: 203.0.113.7 port 40000 to 127.0.0.1 port 443. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY TCP4 203.0.113.7 127.0.0.1 40000 443\r\n",
                "\r\n\r\n\0\r\nQUIT\n!\21\0\14\313\0q\7\177\0\0\1\234\100\1\273"
            })
    void theProxyProtocolComesBeforeTls(String header) {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                AssembledProxy proxy = AssembledProxy.of(
                        """
                        plane-proxy {
                          upstream = "http://127.0.0.1:%d"
                          listeners = [ { address = "127.0.0.1", port = 0, proxy-protocol = ["127.0.0.1"],
                            tls { certificate = "%s", key = "%s" } } ]
                        }
                        """.formatted(upstream.address().getPort(), identity.certificate(), identity.key()));
                FaultyLink byteByByte =
                        FaultyLink.to(proxy.tls().orElseThrow(), Way.CLEAR.inSlicesOf(1), Way.CLEAR.inSlicesOf(1))) {
            for (InetSocketAddress way : List.of(proxy.tls().orElseThrow(), byteByByte.entrance())) {
                try (RawClient client = RawClient.overTls(way, "localhost", header)) {
                    assertEquals(200, client.send(GET).reply("GET").status());
                    Request got = upstream.awaitRequest();
                    assertEquals(List.of("203.0.113.7"), got.values("X-Forwarded-For"));
                    assertEquals(List.of("https"), got.values("X-Forwarded-Proto"));
                }
            }
        }
    }

    private static AssembledProxy inFrontOf(ScriptedUpstream upstream, String more) {
        return AssembledProxy.inFrontOf(upstream.address(), identity, more);
    }

    private static int status(AssembledProxy proxy, String request) {
        try (RawClient client = RawClient.to(proxy.plain())) {
            return client.send(request)
                    .reply(request.substring(0, request.indexOf(' ')))
                    .status();
        }
    }

    private static String get(String target) {
        return "GET " + target + " HTTP/1.1\r\nHost: plane.example\r\n\r\n";
    }

    private static String post(String target, String body) {
        return "POST " + target + " HTTP/1.1\r\nHost: plane.example\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body;
    }
}
