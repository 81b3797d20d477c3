package io.planeproxy.server.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.Request;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import io.planeproxy.core.kit.WebSocketHandshake;
import io.planeproxy.core.kit.Wire;
import io.planeproxy.server.TestIdentity;
import io.planeproxy.tls.PemFiles;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The nginx beside us serves the site of the guides, so that a comparison with it means something. */
class NginxFrontTest {
    private static final String GET = "GET /x HTTP/1.1\r\nHost: plane.example\r\n\r\n";

    @TempDir
    private static Path identityDirectory;

    private static PemFiles identity;

    @TempDir
    private Path prefix;

    @BeforeAll
    static void makeTheCertificateOnce() {
        identity = TestIdentity.in(identityDirectory);
    }

    @Test
    void theSiteForwardsWithItsFieldsPlainAndOverTls() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                NginxFront nginx = NginxFront.inFrontOf(upstream.address(), identity, prefix)) {
            try (RawClient client = RawClient.to(nginx.plain())) {
                assertEquals("/x", client.send(GET).reply("GET").bodyText());
                assertEquals(List.of("http"), forwarded(upstream).values("X-Forwarded-Proto"));
            }
            try (RawClient client = RawClient.overTls(nginx.tls().orElseThrow(), "plane.example")) {
                assertEquals("/x", client.send(GET).reply("GET").bodyText());
                assertEquals(List.of("https"), forwarded(upstream).values("X-Forwarded-Proto"));
            }
        }
    }

    @Test
    void theSiteUpgradesAndLimitsBodies() {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.upgradeAndEcho());
                NginxFront nginx = NginxFront.inFrontOf(upstream.address(), identity, prefix)) {
            try (RawClient client = RawClient.to(nginx.plain())) {
                client.send(WebSocketHandshake.request("/live"));
                assertEquals(101, client.interim().status());
                assertEquals("ping", Wire.text(client.send("ping").bytes(4)));
            }
            try (RawClient client = RawClient.to(nginx.plain())) {
                client.send("POST /x HTTP/1.1\r\nHost: plane.example\r\nContent-Length: 10485761\r\n\r\n");
                assertEquals(413, client.reply("POST").status());
            }
        }
    }

    private static Request forwarded(ScriptedUpstream upstream) {
        Request request = upstream.awaitRequest();
        assertEquals(List.of("plane.example"), request.values("Host"));
        assertEquals(List.of("127.0.0.1"), request.values("X-Forwarded-For"));
        assertEquals(List.of("upgrade"), request.values("Connection"));
        return request;
    }
}
