package io.planeproxy.server.peers;

import io.planeproxy.server.AssembledProxy;
import io.planeproxy.server.Examination;
import io.planeproxy.server.TestIdentity;
import io.planeproxy.server.doctor.Order;
import io.planeproxy.server.parity.NginxFront;
import io.planeproxy.tls.PemFiles;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The faults that guides are written about, with Debian's nginx in front of this proxy or behind it, and Plane's live server. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class ChainFaultsTest {
    private static final String DIRECT = "straight to Plane";
    private static final String HERE = "through this proxy";
    private static final String PUBLIC = "as browsers come";
    private static final Duration IDLE = Duration.ofSeconds(5);

    private static final UnaryOperator<String> WITHOUT_UPGRADE =
            site -> site.replaceAll(" *proxy_set_header (Upgrade|Connection) [^;]*;\n", "");
    private static final UnaryOperator<String> SHORT_OF_BREATH =
            site -> site.replace("proxy_http_version", "proxy_read_timeout 2s;\n proxy_http_version");
    private static final UnaryOperator<String> SMALL_BODIES =
            site -> site.replace("client_max_body_size 10M", "client_max_body_size 1m");

    @TempDir
    private static Path identityFolder;

    private static PemFiles identity;
    private static NodeScript live;
    private static InetSocketAddress liveAddress;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startPlanesLiveServer() throws Exception {
        identity = TestIdentity.in(identityFolder);
        live = NodeScript.start("live.mjs", Map.of());
        liveAddress = new InetSocketAddress(InetAddress.getLoopbackAddress(), live.port());
    }

    @AfterAll
    static void endIt() throws InterruptedException {
        if (live != null) {
            live.close();
        }
    }

    @Test
    void nothingIsFoundWhereTheSiteOfTheGuidesStandsInFront() {
        Examination found = behind(site -> site, Duration.ofSeconds(3));
        for (String place : new String[] {DIRECT, HERE, PUBLIC}) {
            found.isWell("live-health", place);
            found.isWell("websocket", place);
            found.isWell("websocket-idle", place);
            found.isWell("body-limit", place);
        }
    }

    @Test
    void anNginxInFrontThatLosesTheUpgradeIsFound() {
        Examination found = behind(WITHOUT_UPGRADE, Duration.ZERO);
        found.isWell("live-health", PUBLIC);
        found.isWell("websocket", HERE);
        found.fails(
                "websocket",
                PUBLIC,
                "the upgrade headers were lost before Plane's live server",
                "it is well through this proxy, so look at what stands in front",
                "proxy_set_header Upgrade $http_upgrade");
    }

    @Test
    void anNginxBehindThatLosesTheUpgradeIsFound() {
        Examination found = inFrontOf(WITHOUT_UPGRADE, Duration.ZERO);
        found.fails("websocket", DIRECT, "the upgrade headers were lost", "between this proxy and Plane");
        found.fails("websocket", HERE, "the upgrade headers were lost", "begin straight to Plane");
    }

    @Test
    void anNginxInFrontThatEndsSilentSocketsIsFound() {
        Examination found = behind(SHORT_OF_BREATH, IDLE);
        found.isWell("websocket", PUBLIC);
        found.isWell("websocket-idle", HERE);
        found.fails(
                "websocket-idle",
                PUBLIC,
                "s of silence, without a close frame",
                "in front of this proxy",
                "proxy_read_timeout");
    }

    @Test
    void anNginxBehindThatEndsSilentSocketsIsFound() {
        Examination found = inFrontOf(SHORT_OF_BREATH, IDLE);
        found.fails("websocket-idle", DIRECT, "s of silence, without a close frame", "between this proxy and Plane");
    }

    @Test
    void anNginxInFrontWithASmallBodyLimitIsFound() {
        Examination found = behind(SMALL_BODIES, Duration.ZERO);
        found.isWell("body-limit", HERE);
        found.fails(
                "body-limit",
                PUBLIC,
                "a body of 10M",
                "refused with 413 by nginx",
                "one of 640K passes",
                "client_max_body_size 10M");
    }

    @Test
    void anNginxBehindWithASmallBodyLimitIsFound() {
        Examination found = inFrontOf(SMALL_BODIES, Duration.ZERO);
        found.fails("body-limit", DIRECT, "refused with 413 by nginx", "between this proxy and Plane");
    }

    /** Browsers come to an nginx, that to this proxy, and this to Plane. */
    private Examination behind(UnaryOperator<String> site, Duration idle) {
        try (AssembledProxy proxy = AssembledProxy.inFrontOf(liveAddress, identity);
                NginxFront nginx = NginxFront.inFrontOf(proxy.plain(), identity, folder, site)) {
            return examined(
                    liveAddress,
                    proxy,
                    "https://localhost:" + nginx.tls().orElseThrow().getPort(),
                    idle);
        }
    }

    /** Browsers come to this proxy, that passes on to an nginx, and this to Plane. */
    private Examination inFrontOf(UnaryOperator<String> site, Duration idle) {
        try (NginxFront nginx = NginxFront.inFrontOf(liveAddress, identity, folder, site);
                AssembledProxy proxy = AssembledProxy.inFrontOf(nginx.plain(), identity)) {
            return examined(nginx.plain(), proxy, proxy.https().toString(), idle);
        }
    }

    private static Examination examined(InetSocketAddress upstream, AssembledProxy proxy, String url, Duration idle) {
        String text = """
                plane-proxy {
                  upstream = "http://127.0.0.1:%d"
                  listeners = [
                    { address = "127.0.0.1", port = %d }
                    { address = "127.0.0.1", port = %d, tls { certificate = "%s", key = "%s" } }
                  ]
                }
                """.formatted(
                        upstream.getPort(),
                        proxy.plain().getPort(),
                        proxy.tls().orElseThrow().getPort(),
                        identity.certificate(),
                        identity.key());
        Order order = Examination.order(text, "live-health", "websocket", "websocket-idle", "body-limit");
        return Examination.of(Examination.idle(idle, Examination.at(url, order)));
    }
}
