package io.planeproxy.server.accesslog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.core.cause.Cause;
import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.http.Scheme;
import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.RefusingPort;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import io.planeproxy.core.route.Upstream;
import io.planeproxy.server.AssembledProxy;
import io.planeproxy.server.TestIdentity;
import io.planeproxy.tls.PemFiles;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UpstreamNewsTest {
    @TempDir
    private static Path folder;

    private static PemFiles identity;

    @BeforeAll
    static void makeTheCertificateOnce() {
        identity = TestIdentity.in(folder);
    }

    @Test
    void anUpstreamThatIsAwayIsToldOnceWithWhatToDoAndThatItIsBack() throws Exception {
        try (LogLines lines = new LogLines(UpstreamNews.LOGGER);
                RefusingPort port = RefusingPort.take();
                AssembledProxy proxy = AssembledProxy.inFrontOf(port.address(), identity)) {
            String upstream = "http://127.0.0.1:" + port.address().getPort();
            for (int i = 0; i < 5; i++) {
                assertEquals(502, status(proxy.plain()));
            }
            assertEquals(
                    "no answer from the upstream: " + upstream
                            + " refuses connections (upstream-refused); expected an answer"
                            + " of Plane. Start Plane, or correct the address and port in upstream. Requests that fail"
                            + " meanwhile are in the access log, where it is on; here it is told once a minute at most",
                    lines.next());
            assertEquals(List.of(), lines.rest());
            try (ScriptedUpstream back = ScriptedUpstream.at(port.address(), Script.tellTarget())) {
                assertEquals(200, status(proxy.plain()));
                assertEquals(200, status(proxy.plain()));
                String line = lines.next();
                assertTrue(line.matches(upstream + " answers again, after \\d+ s"), line);
                assertEquals(List.of(), lines.rest());
            }
        }
    }

    /** As a port does that docker forwards to a container which is not there. */
    @Test
    void anUpstreamThatTakesConnectionsAndClosesThemIsToldWhenItDoesSoEachTime() throws Exception {
        Script closing = exchange -> exchange.close();
        try (LogLines lines = new LogLines(UpstreamNews.LOGGER);
                ScriptedUpstream upstream = ScriptedUpstream.answering(closing);
                AssembledProxy proxy = AssembledProxy.inFrontOf(upstream.address(), identity)) {
            assertEquals(502, status(proxy.plain()));
            assertEquals(502, status(proxy.plain()));
            assertEquals(List.of(), lines.rest());
            assertEquals(502, status(proxy.plain()));
            String line = lines.next();
            assertTrue(
                    line.contains(": closed without an answer (upstream-closed); expected an answer of Plane"), line);
            assertEquals(502, status(proxy.plain()));
            assertEquals(List.of(), lines.rest());
        }
    }

    @Test
    void oneThatStaysAwayIsToldForHowLong() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T12:00:00Z"));
        Upstream upstream = new Upstream(Scheme.HTTP, "plane", 3000);
        Refusal refusal = new Refusal(Cause.UPSTREAM_REFUSED, upstream + " refuses connections");
        UpstreamNews news = new UpstreamNews(now::get);
        try (LogLines lines = new LogLines(UpstreamNews.LOGGER)) {
            news.connectFailed(upstream, refusal);
            assertTrue(lines.next().startsWith("no answer from the upstream: http://plane:3000 refuses connections"));
            now.set(now.get().plusSeconds(61));
            news.connectFailed(upstream, refusal);
            assertTrue(lines.next().startsWith("no answer from the upstream for 61 s: http://plane:3000 refuses"));
            news.connectFailed(upstream, refusal);
            assertEquals(List.of(), lines.rest());
        }
    }

    @Test
    void theLackOfAFileIsNotTheUpstreams() throws Exception {
        Upstream upstream = new Upstream(Scheme.HTTP, "plane", 3000);
        try (LogLines lines = new LogLines(UpstreamNews.LOGGER)) {
            new UpstreamNews(InstantSource.system())
                    .connectFailed(upstream, new Refusal(Cause.NO_SOCKET_LEFT, "Too many open files"));
            assertEquals(List.of(), lines.rest());
        }
    }

    private static int status(InetSocketAddress proxy) throws Exception {
        try (RawClient client = RawClient.to(proxy)) {
            return client.send("GET / HTTP/1.1\r\nHost: plane.example\r\n\r\n")
                    .reply("GET")
                    .status();
        }
    }
}
