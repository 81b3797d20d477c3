package io.planeproxy.server.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.planeproxy.core.kit.Gate;
import io.planeproxy.core.kit.RefusingPort;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import io.planeproxy.server.AssembledProxy;
import io.planeproxy.server.Examination;
import io.planeproxy.server.TestIdentity;
import io.planeproxy.server.parity.NginxFront;
import io.planeproxy.tls.PemFiles;
import io.planeproxy.tls.SelfSigned;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each check finds the fault that it is there for. What shows in a chain of proxies is in {@code ChainFaultsTest}. */
final class DoctorTest {
    private static final String HERE = "through this proxy";
    private static final String NOBODY_THERE = "http://127.0.0.1:9";

    /** Longer than an answer takes that nobody keeps back. */
    private static final String KEPT_A_WHILE = "websocket.hold = 7s, timeouts.hold = 7s";

    @TempDir
    private static Path identityFolder;

    private static PemFiles identity;

    @TempDir
    private Path folder;

    @BeforeAll
    static void makeTheCertificateOnce() {
        identity = TestIdentity.in(identityFolder);
    }

    @Test
    void aConfigurationWithProblemsIsTheOnlyThingThatIsLookedAt() {
        Examination found = look("plane-proxy { upstream = \"http://a\"\n max-boddy = 1M }");
        found.fails("configuration", "test.conf:2: plane-proxy.max-boddy", "unknown key", "max-body");
        found.isSkipped("websocket", "");
    }

    @Test
    void aPortThatSomebodyElseHoldsIsToldWithWhoThatIs() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                NginxFront nginx = NginxFront.inFrontOf(upstream.address(), identity, folder, site -> site)) {
            int port = nginx.plain().getPort();
            look(serving(upstream.address(), port, ""), "ports")
                    .fails("ports", "127.0.0.1:" + port, "held by nginx (pid ", "ss -ltnp 'sport = :" + port + "'");
        }
    }

    @Test
    void aPortOfThisProxyIsKnownAsItsOwnAndAFreeOneAsFree() throws IOException {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                AssembledProxy proxy = AssembledProxy.inFrontOf(upstream.address(), identity)) {
            int port = proxy.plain().getPort();
            look(serving(upstream.address(), port, ""), "ports").isWell("ports", "127.0.0.1:" + port);
        }
        int free = freePort();
        look(
                        "plane-proxy { upstream = \"" + NOBODY_THERE
                                + "\", listeners = [ { address = \"127.0.0.1\", port = " + free + " } ] }",
                        "ports")
                .isWell("ports", "127.0.0.1:" + free);
    }

    @Test
    void anUpstreamThatRefusesOrHasNoNameIsTold() {
        Examination refused =
                look("plane-proxy.upstream = \"" + NOBODY_THERE + "\"", "upstream-address", "live-health");
        refused.fails("upstream-address", NOBODY_THERE, "127.0.0.1 refuses connections", "A 127.0.0.1");
        refused.fails("live-health", "straight to Plane", "Connection refused");
        look("plane-proxy.upstream = \"http://plane.invalid:80\"", "upstream-address")
                .fails("upstream-address", "http://plane.invalid:80", "does not resolve", "getent hosts plane.invalid");
    }

    @Test
    void anUpstreamOfWhichSomeAddressesRefuseIsAWarning() throws IOException {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget())) {
            String url = "http://localhost:" + upstream.address().getPort();
            boolean hasBoth = InetAddress.getAllByName("localhost").length > 1;
            Examination found = look("plane-proxy.upstream = \"" + url + "\"", "upstream-address");
            if (hasBoth) {
                found.warns("upstream-address", url, "AAAA", "refuses connections");
            } else {
                found.isWell("upstream-address", url);
            }
        }
    }

    @Test
    void aPlainUpstreamThatIsAskedForTlsIsTold() {
        try (ServerOfPlainHttp upstream = ServerOfPlainHttp.start()) {
            String url = "https://127.0.0.1:" + upstream.port();
            look("plane-proxy.upstream = \"" + url + "\"", "upstream-protocol")
                    .fails("upstream-protocol", url, "the TLS handshake failed", "write http:// in upstream");
        }
    }

    @Test
    void anUpstreamWithTlsThatIsAskedForHttpIsTold() {
        try (ScriptedUpstream behind = ScriptedUpstream.answering(Script.tellTarget());
                NginxFront nginx = NginxFront.inFrontOf(behind.address(), identity, folder, site -> site);
                AssembledProxy proxy = AssembledProxy.inFrontOf(behind.address(), identity)) {
            for (InetSocketAddress tls :
                    List.of(nginx.tls().orElseThrow(), proxy.tls().orElseThrow())) {
                String url = "http://127.0.0.1:" + tls.getPort();
                look("plane-proxy.upstream = \"" + url + "\"", "upstream-protocol")
                        .fails("upstream-protocol", url, "the port speaks TLS", "write https:// in upstream");
            }
        }
    }

    @Test
    void anUpstreamWithACertificateThatNobodyVouchesForIsTold() {
        try (ScriptedUpstream behind = ScriptedUpstream.answering(Script.tellTarget());
                AssembledProxy proxy = AssembledProxy.inFrontOf(behind.address(), identity)) {
            String url = "https://127.0.0.1:" + proxy.tls().orElseThrow().getPort();
            look("plane-proxy.upstream = \"" + url + "\"", "upstream-protocol")
                    .fails("upstream-protocol", url, "its certificate is not taken", "an authority that Java trusts");
        }
    }

    @Test
    void aKeyOfAnotherCertificateAndAMissingFileAreTold() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        PemFiles another = TestIdentity.in(other);
        look(withTls(freePort(), identity.certificate(), another.key()), "certificate")
                .fails(
                        "certificate",
                        "test.conf:1: plane-proxy.listeners[0].tls.key",
                        "is the key of another certificate");
        Path missing = folder.resolve("missing.pem");
        Examination found = look(withTls(freePort(), identity.certificate(), missing), "certificate-files");
        found.fails("certificate-files", missing.toString(), "does not exist", "put the file there");
        found.isWell("certificate-files", identity.certificate().toString());
    }

    @Test
    void aCertificateThatEndsSoonOrIsForAnotherNameIsTold() throws IOException {
        Examination found = Examination.of(Examination.at(
                "https://other.example",
                Examination.order(withTls(freePort(), identity.certificate(), identity.key()), "certificate")));
        found.warns("certificate", identity.certificate().toString(), "1 days left", "certbot renew");
        found.fails("certificate", "other.example", "no certificate is for this name", "plane.example");
    }

    @Test
    void aCertificateThatWasRenewedAndIsNotServedYetIsTold() throws IOException {
        PemFiles files = TestIdentity.in(folder);
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                AssembledProxy proxy = AssembledProxy.inFrontOf(upstream.address(), files)) {
            int port = proxy.tls().orElseThrow().getPort();
            String text = withTls(port, files.certificate(), files.key());
            look(text, "certificate-served").isWell("certificate-served", "127.0.0.1:" + port);
            SelfSigned.of(List.of("plane.example"), List.of(), Instant.now(), Duration.ofDays(90))
                    .writeTo(folder);
            look(text, "certificate-served")
                    .fails(
                            "certificate-served",
                            "127.0.0.1:" + port,
                            "serves another certificate than the file holds",
                            "systemctl reload plane-proxy");
        }
    }

    @Test
    void localhostInAContainerIsTheContainerItself() throws IOException {
        Files.createFile(folder.resolve(".dockerenv"));
        Machine container = new Machine(folder, Map.of());
        lookIn(container, "plane-proxy.upstream = \"http://localhost:9\"", "upstream-in-container")
                .fails("upstream-in-container", "http://localhost:9", "/.dockerenv is there", "host.docker.internal");
        try (ScriptedUpstream sidecar = ScriptedUpstream.answering(Script.tellTarget())) {
            String url = "http://127.0.0.1:" + sidecar.address().getPort();
            lookIn(container, "plane-proxy.upstream = \"" + url + "\"", "upstream-in-container")
                    .isWell("upstream-in-container", url);
        }
    }

    @Test
    void aSocketThatLeadsToNoCollaborationServerIsTold() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget())) {
            look("plane-proxy.upstream = \"" + url(upstream) + "\"", "websocket")
                    .fails("websocket", "straight to Plane", "expected 101", "HTTP/1.1 200 OK");
        }
    }

    @Test
    void aWrongAcceptKeyIsTold() {
        Script wrong = Script.reply("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Accept: AAAAAAAAAAAAAAAAAAAAAAAAAAA=\r\n\r\n");
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(wrong)) {
            look("plane-proxy.upstream = \"" + url(upstream) + "\"", "websocket")
                    .fails("websocket", "straight to Plane", "Sec-WebSocket-Accept is \"AAAA");
        }
    }

    @Test
    void whatThisProxyItselfForbidsIsToldWithItsCause() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.upgradeAndEcho());
                AssembledProxy proxy =
                        AssembledProxy.inFrontOf(upstream.address(), identity, "access.deny = [\"127.0.0.1\"]")) {
            int port = proxy.plain().getPort();
            look(serving(upstream.address(), port, ""), "websocket")
                    .fails("websocket", HERE, "403 address-denied", "access.allow or access.deny");
        }
    }

    @Test
    void anotherLiveServerThroughThisProxyThanStraightIsTold() {
        try (ScriptedUpstream old = ScriptedUpstream.answering(health("1.0"));
                ScriptedUpstream other = ScriptedUpstream.answering(health("1.3.1"));
                AssembledProxy proxy = AssembledProxy.inFrontOf(other.address(), identity)) {
            int port = proxy.plain().getPort();
            Examination found = look(serving(old.address(), port, ""), "live-health");
            found.isWell("live-health", "straight to Plane");
            found.fails("live-health", HERE, "version 1.3.1, and not 1.0", "it is well straight to Plane");
        }
    }

    @Test
    void aChangeOfTheBodyLimitThatIsNotInEffectIsTold() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                AssembledProxy proxy = AssembledProxy.inFrontOf(upstream.address(), identity)) {
            int port = proxy.plain().getPort();
            look(serving(upstream.address(), port, "max-body = 5M"), "body-limit")
                    .warns("body-limit", HERE, "one byte more than 5M is not refused", "another configuration");
            look(serving(upstream.address(), port, ""), "body-limit").isWell("body-limit", HERE);
        }
    }

    @Test
    void whereNobodyIsThereToTakeABodyOnlyItsSizeIsJudged() {
        try (RefusingPort dead = RefusingPort.take();
                AssembledProxy proxy = AssembledProxy.inFrontOf(dead.address(), identity)) {
            int port = proxy.plain().getPort();
            look(serving(dead.address(), port, ""), "body-limit")
                    .says("body-limit", HERE, "a body of 10M is not refused for its size, one byte more is refused");
        }
    }

    @Test
    void whoeverTrustsHalfTheInternetIsTold() {
        look(
                        "plane-proxy { upstream = \"" + NOBODY_THERE
                                + "\", trusted-proxies = [\"0.0.0.0/0\", \"10.0.0.0/8\"] }",
                        "trusted-proxies")
                .fails("trusted-proxies", "0.0.0.0/0", "can claim to be anybody");
    }

    @Test
    void aListenerThatShouldRedirectAndDoesNotIsTold() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                AssembledProxy proxy = AssembledProxy.inFrontOf(upstream.address(), identity)) {
            int port = proxy.plain().getPort();
            look(
                            "plane-proxy { upstream = \"" + url(upstream)
                                    + "\", listeners = [ { address = \"127.0.0.1\", port = " + port
                                    + ", redirect-to-https = true, redirect-port = 443 } ] }",
                            "redirect")
                    .warns("redirect", "127.0.0.1:" + port, "expected a redirect to https");
        }
    }

    @Test
    void aRedirectToAnotherHostIsTold() {
        try (ScriptedUpstream elsewhere = ScriptedUpstream.answering(Script.reply(
                        "HTTP/1.1 301 Moved\r\nLocation: https://internal.example/\r\nContent-Length: 0\r\n\r\n"));
                AssembledProxy proxy = AssembledProxy.inFrontOf(elsewhere.address(), identity)) {
            int port = proxy.plain().getPort();
            Order order = Examination.order(
                    "plane-proxy { upstream = \"" + NOBODY_THERE
                            + "\", listeners = [ { address = \"127.0.0.1\", port = " + port
                            + ", redirect-to-https = true, redirect-port = 443 } ] }",
                    "redirect");
            Examination.of(Examination.at("http://plane.example", order))
                    .fails(
                            "redirect",
                            "127.0.0.1:" + port,
                            "https://internal.example/",
                            "proxy_set_header Host $http_host");
        }
    }

    @Test
    void theRedirectInPublicIsLookedForAtItsConfiguredPort() throws IOException {
        int http = freePort();
        int https = freePort();
        String text =
                "plane-proxy { upstream = \"" + NOBODY_THERE + "\", listeners = [ { address = \"127.0.0.1\", port = "
                        + https + ", tls { certificate = \"" + identity.certificate() + "\", key = \"" + identity.key()
                        + "\" } }, { address = \"127.0.0.1\", port = " + http + ", redirect-to-https = true } ] }";
        Order order = Examination.at("https://localhost:" + https, Examination.order(text, "redirect"));
        try (AssembledProxy proxy = AssembledProxy.of(text)) {
            assertEquals(http, proxy.tls().orElseThrow().getPort());
            Examination.of(order).isWell("redirect", "http://localhost:" + http);
        }
        Examination.of(order).warns("redirect", "http://localhost:" + http, "nobody answers there");
    }

    @Test
    void aServerThatAgreesToAWebSocketAndSpeaksNoneIsTold() {
        Script silent = exchange -> {
            exchange.switchProtocols();
            exchange.untilEnd();
        };
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(silent)) {
            look("plane-proxy.upstream = \"" + url(upstream) + "\"", "websocket")
                    .fails("websocket", "straight to Plane", "101, and no answer to a ping within 5 s");
        }
    }

    @Test
    void aServerThatDoesNotEchoACloseIsTold() {
        Script pongAlone = exchange -> {
            exchange.switchProtocols();
            byte[] ping = exchange.bytes(24);
            byte[] pong = new byte[20];
            pong[0] = (byte) 0x8a;
            pong[1] = 18;
            for (int i = 0; i < 18; i++) {
                pong[2 + i] = (byte) (ping[6 + i] ^ ping[2 + i % 4]);
            }
            exchange.write(pong);
            exchange.untilEnd();
        };
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(pongAlone)) {
            look("plane-proxy.upstream = \"" + url(upstream) + "\"", "websocket")
                    .warns(
                            "websocket",
                            "straight to Plane",
                            "the close frame was not echoed",
                            "browsers will see 1006");
        }
    }

    @Test
    void everyProblemOfAConfigurationIsTold() {
        Examination found = look("plane-proxy { upstream = \"http://a/b\"\n max-body = 10MB\n timeouts.reply = 5 }");
        found.fails("configuration", "test.conf:1: plane-proxy.upstream");
        found.fails("configuration", "test.conf:2: plane-proxy.max-body", "write 10M");
        found.fails("configuration", "test.conf:3: plane-proxy.timeouts.reply", "5s");
    }

    @Test
    void clocksThatDifferAreTold() {
        Script anHourAgo =
                Script.reply("HTTP/1.1 200 OK\r\nDate: Wed, 01 Jan 2020 00:00:00 GMT\r\nContent-Length: 0\r\n\r\n");
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(anHourAgo)) {
            look("plane-proxy.upstream = \"" + url(upstream) + "\"", "clock")
                    .warns("clock", "straight to Plane", "the clocks differ by", "timedatectl");
        }
    }

    @Test
    void moreConnectionsThanFilesAllowAreTold() {
        look("plane-proxy { upstream = \"" + NOBODY_THERE + "\", limits.connections = 1000000 }", "open-files")
                .warns("open-files", "", "2000100 are wanted", "LimitNOFILE=65536");
    }

    @Test
    void variablesOfPlaneThatContradictThisProxyAreTold() throws IOException {
        Path environment = Files.writeString(folder.resolve("plane.env"), """
                # Plane
                APP_DOMAIN=plane.example
                WEB_URL=https://${APP_DOMAIN}
                CORS_ALLOWED_ORIGINS="http://plane.example,https://other.example"
                FILE_SIZE_LIMIT=52428800
                MINIO_ENDPOINT_SSL=0
                USE_MINIO=1
                BUCKET_NAME=
                SECRET_KEY=must-not-be-told
                """);
        Order here = Examination.order(
                "plane-proxy { upstream = \"" + NOBODY_THERE
                        + "\", listeners = [ { port = 8080 } ], routes = [ { path = \"/live\" } ] }",
                "plane-environment");
        Order order = new Order(
                here.sources(),
                here.address(),
                Optional.of(environment),
                here.idle(),
                here.only(),
                here.user(),
                here.admin());
        Examination found = Examination.of(order);
        String check = "plane-environment";
        found.fails(check, "WEB_URL", "serves http alone", "trusted-proxies");
        found.fails(
                check,
                "CORS_ALLOWED_ORIGINS",
                "and not https://plane.example",
                "CORS_ALLOWED_ORIGINS=https://plane.example");
        found.fails(check, "FILE_SIZE_LIMIT", "52428800 bytes, and this proxy no bodies above 10M", "max-body = 51M");
        found.fails(check, "MINIO_ENDPOINT_SSL", "signed for http", "MINIO_ENDPOINT_SSL=1");
        found.fails(check, "USE_MINIO", "no route leads there", "path = \"/uploads\"");
        assertEquals(-1, found.toString().indexOf("must-not-be-told"));
    }

    @Test
    void anUpstreamThatNeverAnswersEndsNoCheckLaterThanItsLimit() {
        try (ServerThatIsSilent silent = ServerThatIsSilent.start()) {
            String url = "http://127.0.0.1:" + silent.port();
            Examination found = look("plane-proxy.upstream = \"" + url + "\"", "upstream-address", "websocket");
            found.isWell("upstream-address", url);
            found.fails("websocket", "straight to Plane", "Read timed out");
        }
    }

    @Test
    void aDeadUpstreamIsToldWhenThisProxyHasGivenItUpAndNotBefore() {
        try (RefusingPort dead = RefusingPort.take();
                AssembledProxy proxy = AssembledProxy.inFrontOf(dead.address(), identity, KEPT_A_WHILE)) {
            int port = proxy.plain().getPort();
            Examination found = look(serving(dead.address(), port, KEPT_A_WHILE), "websocket", "live-health");
            String upstream = "It is http://127.0.0.1:" + dead.address().getPort() + ".";
            for (String check : List.of("websocket", "live-health")) {
                found.fails(check, "straight to Plane", "Connection refused");
                found.fails(
                        check,
                        HERE,
                        "503 upstream-away",
                        upstream,
                        "begin straight to Plane, where it fails too",
                        "hold");
            }
        }
    }

    @Test
    void allPlacesAreAskedAtTheSameTimeSoThatNoWaitAddsUpToAnother() {
        AtomicInteger arrived = new AtomicInteger();
        Gate all = new Gate("all three have come");
        Script together = exchange -> {
            if (arrived.incrementAndGet() == 3) {
                all.open();
            }
            all.await();
            exchange.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nhere");
        };
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(together);
                AssembledProxy proxy = AssembledProxy.inFrontOf(upstream.address(), identity)) {
            int port = proxy.plain().getPort();
            Examination found = Examination.of(Examination.at(
                    "http://localhost:" + port, Examination.order(serving(upstream.address(), port, ""), "websocket")));
            for (String place : List.of("straight to Plane", HERE, "as browsers come")) {
                found.fails("websocket", place, "200 OK", "expected 101");
            }
        }
    }

    private static Examination look(String hocon, String... checks) {
        return Examination.of(Examination.order(hocon, checks));
    }

    private static Examination lookIn(Machine machine, String hocon, String check) {
        return Examination.of(Examination.order(hocon, check), machine);
    }

    private static Script health(String version) {
        return Script.reply(Script.ok("{\"status\":\"OK\",\"version\":\"" + version + "\"}"));
    }

    private static String serving(InetSocketAddress upstream, int port, String more) {
        return "plane-proxy { upstream = \"http://127.0.0.1:" + upstream.getPort()
                + "\", listeners = [ { address = \"127.0.0.1\", port = " + port + " } ]\n" + more + " }";
    }

    private static String withTls(int port, Path certificate, Path key) {
        return "plane-proxy { upstream = \"" + NOBODY_THERE + "\", listeners = [ { address = \"127.0.0.1\", port = "
                + port + ", tls { certificate = \"" + certificate + "\", key = \"" + key + "\" } } ] }";
    }

    private static String url(ScriptedUpstream upstream) {
        return "http://127.0.0.1:" + upstream.address().getPort();
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0)) {
            return probe.getLocalPort();
        }
    }
}
