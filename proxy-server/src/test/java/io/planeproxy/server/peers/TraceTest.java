package io.planeproxy.server.peers;

import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import io.planeproxy.server.AssembledProxy;
import io.planeproxy.server.Examination;
import io.planeproxy.server.TestIdentity;
import io.planeproxy.server.doctor.Order;
import io.planeproxy.server.parity.NginxFront;
import io.planeproxy.tls.PemFiles;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A request of the doctor's own comes back to it through whatever stands in front: Debian's nginx, or this proxy once more. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class TraceTest {
    private static final String PUBLIC = "as browsers come";
    private static final String HERE = "through this proxy";
    private static final String BELIEVED = "trusted-proxies = [\"127.0.0.1\"]";
    private static final UnaryOperator<String> AS_GUIDES_HAVE_IT = site -> site;

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
    void aWayWithoutAnotherProxyIsKnownAsThat() throws IOException {
        try (ScriptedUpstream plane = ScriptedUpstream.answering(Script.tellTarget());
                AssembledProxy proxy = taking(plane.address(), "")) {
            Examination found = examined(plane, proxy, proxy.https().toString());
            found.says("trace", "chain", "no other proxy stands in front", "Plane is told Host: localhost:");
            found.isWell("trace", "scheme");
            found.isWell("trace", "host");
            found.isWell("trace", "upgrade");
            found.isWell("trace", "client-address");
        }
    }

    @Test
    void theSiteOfTheGuidesInFrontIsFoundAndBelieved() throws IOException {
        Examination found = behind(AS_GUIDES_HAVE_IT, BELIEVED);
        found.says(
                "trace",
                "chain",
                "one other proxy stands in front, nginx/",
                "at 127.0.0.1",
                "X-Forwarded-Proto: https",
                "X-Forwarded-For: 127.0.0.1, 127.0.0.1");
        found.isWell("trace", "trusted-proxies");
        found.isWell("trace", "scheme");
        found.isWell("trace", "host");
        found.isWell("trace", "upgrade");
        found.warns(
                "trace",
                "client-address",
                "passes on the X-Forwarded-For that it sends",
                "proxy_set_header X-Forwarded-For $remote_addr");
    }

    @Test
    void aProxyInFrontThatTrustedProxiesLacksIsFoundAndSoIsWhatPlaneIsToldThen() throws IOException {
        Examination found = behind(AS_GUIDES_HAVE_IT, "");
        found.warns("trace", "trusted-proxies", "(127.0.0.1) is not believed", "trusted-proxies = [\"127.0.0.1\"]");
        found.fails(
                "trace",
                "scheme",
                "browsers come by https, and Plane is told http",
                "trusted-proxies = [\"127.0.0.1\"]",
                "came here: X-Forwarded-Proto: https",
                "went on: X-Forwarded-Proto: http");
    }

    @Test
    void aProxyInFrontThatSaysNothingOfTheClientIsFound() throws IOException {
        Examination found =
                behind(site -> site.replaceAll(" *proxy_set_header X-(Forwarded|Real)[^;]*;\n", ""), BELIEVED);
        found.says("trace", "chain", "one other proxy stands in front, nginx/");
        found.warns("trace", "trusted-proxies", "does not say who the client is", "X-Forwarded-For $remote_addr");
        found.fails("trace", "scheme", "Plane is told http");
    }

    @Test
    void aHostThatIsRewrittenInFrontIsFound() throws IOException {
        Examination found = behind(site -> site.replace("Host $http_host", "Host plane.internal"), BELIEVED);
        found.fails(
                "trace",
                "host",
                "Host was localhost:",
                "and arrives as plane.internal",
                "proxy_set_header Host $http_host",
                "came here: Host: plane.internal");
    }

    @Test
    void anUpgradeThatIsLostInFrontIsFound() throws IOException {
        Examination found =
                behind(site -> site.replaceAll(" *proxy_set_header (Upgrade|Connection) [^;]*;\n", ""), BELIEVED);
        found.fails(
                "trace",
                "upgrade",
                "the upgrade headers were lost in front of this proxy",
                "proxy_set_header Upgrade $http_upgrade");
    }

    @Test
    void aSecondPlaneProxyInFrontIsFound() throws IOException {
        try (ScriptedUpstream plane = ScriptedUpstream.answering(Script.tellTarget());
                AssembledProxy proxy = taking(plane.address(), BELIEVED);
                AssembledProxy front = AssembledProxy.inFrontOf(proxy.plain(), identity)) {
            Examination found = examined(plane, proxy, front.https().toString());
            found.says("trace", "chain", "one other proxy stands in front, another plane-proxy at 127.0.0.1");
            found.isWell("trace", "upgrade");
            found.isWell("trace", "client-address");
        }
    }

    @Test
    void threeProxiesInARowAreCounted() throws IOException {
        Path inner = Files.createDirectory(folder.resolve("inner"));
        try (ScriptedUpstream plane = ScriptedUpstream.answering(Script.tellTarget());
                AssembledProxy proxy = taking(plane.address(), BELIEVED);
                NginxFront nginx = NginxFront.inFrontOf(proxy.plain(), identity, inner, AS_GUIDES_HAVE_IT);
                AssembledProxy front = AssembledProxy.inFrontOf(nginx.plain(), identity)) {
            examined(plane, proxy, front.https().toString())
                    .says(
                            "trace",
                            "chain",
                            "2 other proxies stand in front, at 127.0.0.1, then 127.0.0.1",
                            "the first of them is another plane-proxy");
        }
    }

    @Test
    void anAddressThatLeadsElsewhereIsToldWithWhoAnswered() throws IOException {
        try (ScriptedUpstream plane = ScriptedUpstream.answering(Script.tellTarget());
                ScriptedUpstream other = ScriptedUpstream.answering(Script.tellTarget());
                AssembledProxy proxy = taking(plane.address(), "");
                NginxFront nginx = NginxFront.inFrontOf(other.address(), identity, folder, AS_GUIDES_HAVE_IT)) {
            examined(
                            plane,
                            proxy,
                            "https://localhost:" + nginx.tls().orElseThrow().getPort())
                    .fails(
                            "trace",
                            PUBLIC,
                            "did not come to this proxy; somebody else answered: HTTP/1.1 200 OK from nginx/",
                            "getent hosts localhost");
        }
    }

    @Test
    void trustInAnAddressThatClientsComeFromIsFound() throws IOException {
        try (ScriptedUpstream plane = ScriptedUpstream.answering(Script.tellTarget());
                AssembledProxy proxy = taking(plane.address(), "trusted-proxies = [\"127.0.0.0/8\"]")) {
            examined(plane, proxy, proxy.https().toString())
                    .warns(
                            "trace",
                            "client-address",
                            "a client that comes from 127.0.0.1 can claim to be anybody",
                            "take out of trusted-proxies the range that has 127.0.0.1");
        }
    }

    @Test
    void withoutAProxyThatTakesOrdersItIsSkippedAndSaysWhatToDo() {
        try (ScriptedUpstream plane = ScriptedUpstream.answering(Script.tellTarget());
                AssembledProxy proxy = AssembledProxy.inFrontOf(plane.address(), identity)) {
            examined(plane, proxy, proxy.https().toString()).isSkipped("trace", PUBLIC);
        }
    }

    @Test
    void aHopInFrontThatEndsSilentSocketsIsFoundThoughPlaneItselfWouldPing() throws IOException {
        Duration idle = Duration.ofSeconds(5);
        try (ScriptedUpstream plane = ScriptedUpstream.answering(Script.upgradeAndEcho());
                AssembledProxy proxy = taking(plane.address(), BELIEVED);
                NginxFront nginx = NginxFront.inFrontOf(
                        proxy.plain(),
                        identity,
                        folder,
                        site -> site.replace("proxy_http_version", "proxy_read_timeout 2s;\n proxy_http_version"))) {
            Order order = order(
                    plane,
                    proxy,
                    "https://localhost:" + nginx.tls().orElseThrow().getPort(),
                    "websocket-idle");
            Examination found = Examination.of(Examination.idle(idle, order));
            found.isWell("websocket-idle", HERE);
            found.fails(
                    "websocket-idle",
                    PUBLIC,
                    "s of silence, without a close frame",
                    "it is well through this proxy, so look at what stands in front",
                    "proxy_read_timeout 1h");
        }
    }

    /** Browsers come to an nginx, and that to this proxy. */
    private Examination behind(UnaryOperator<String> site, String more) throws IOException {
        try (ScriptedUpstream plane = ScriptedUpstream.answering(Script.tellTarget());
                AssembledProxy proxy = taking(plane.address(), more);
                NginxFront nginx = NginxFront.inFrontOf(proxy.plain(), identity, folder, site)) {
            return examined(
                    plane,
                    proxy,
                    "https://localhost:" + nginx.tls().orElseThrow().getPort());
        }
    }

    private AssembledProxy taking(InetSocketAddress upstream, String more) throws IOException {
        AssembledProxy proxy = AssembledProxy.inFrontOf(upstream, identity, more);
        proxy.takeOrdersAt(socket());
        return proxy;
    }

    private Path socket() {
        return folder.resolve("admin.sock");
    }

    private Examination examined(ScriptedUpstream plane, AssembledProxy proxy, String url) {
        return Examination.of(order(plane, proxy, url, "trace"));
    }

    private Order order(ScriptedUpstream plane, AssembledProxy proxy, String url, String check) {
        String text = """
                plane-proxy {
                  upstream = "http://127.0.0.1:%d"
                  listeners = [ { address = "127.0.0.1", port = %d } ]
                  admin.socket = "%s"
                }
                """.formatted(plane.address().getPort(), proxy.plain().getPort(), socket());
        return Examination.at(url, Examination.order(text, check));
    }
}
