package io.planeproxy.server.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.core.kit.Patience;
import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.RefusingPort;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import io.planeproxy.core.kit.WebSocketHandshake;
import io.planeproxy.server.AssembledProxy;
import io.planeproxy.server.TestIdentity;
import io.planeproxy.server.peers.Tool;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The figures after an hour of traffic are those that whoever made the traffic counted, and nothing is left open in them. */
final class MetricsOfAnHourTest {
    /** What depends on nothing but what was done. */
    private static final String COUNTED =
            "plane_proxy_(?!client_connections|info|direct_memory|event_loop)[a-z_]*+(?<!_bucket|_sum)(\\{.*})?";

    /** What there is at the moment. */
    private static final String OPEN =
            "plane_proxy_(client_connections|tunnels_open|exchanges_held|upstream_connections|upstream_queue"
                    + "|event_loops_unresponsive)(\\{.*})?";

    @TempDir
    private Path folder;

    @Test
    void theFiguresAreThoseOfWhoeverMadeTheTraffic() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(HourOfTraffic.upstream());
                RefusingPort dead = RefusingPort.take();
                AssembledProxy proxy = inFrontOf(upstream.address(), dead.address())) {
            MetricsPage page = new MetricsPage(proxy.metrics());
            Series expected = new HourOfTraffic(proxy, url(dead.address())).go();
            expected.add(ofUpstream("connects_total", upstream), upstream.connectionCount());
            expected.add(ofUpstream("stale_retries_total", upstream), expected.of("stale retries"));
            Series seen = await(page, series -> series.notZero(OPEN).isEmpty());
            assertEquals(expected.notZero(COUNTED), seen.notZero(COUNTED));
            assertTrue(seen.of("plane_proxy_event_loop_delay_seconds_count") > 0);
            assertTrue(seen.of("plane_proxy_direct_memory_bytes") > 0);
            assertEquals("", PromTool.check("metrics", page.render("").text()));
        }
    }

    @Test
    void whatIsOpenIsShownWhileItIsOpen() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(HourOfTraffic.upstream());
                RefusingPort dead = RefusingPort.take();
                AssembledProxy proxy = inFrontOf(upstream.address(), dead.address())) {
            MetricsPage page = new MetricsPage(proxy.metrics());
            try (RawClient idle = RawClient.to(proxy.plain());
                    RawClient socket = RawClient.to(proxy.plain());
                    RawClient held = RawClient.to(proxy.plain())) {
                idle.send("GET /ok HTTP/1.1\r\nHost: plane.example\r\n\r\n").reply("GET");
                socket.send(WebSocketHandshake.request("/ws/echo")).interim();
                socket.send("\u0081\u0080....").bytes(6);
                held.send(WebSocketHandshake.request("/dead/ws"));
                Series seen = await(page, series -> series.of("plane_proxy_exchanges_held") == 1);
                assertEquals(2, seen.of("plane_proxy_client_connections"));
                assertEquals(1, seen.of("plane_proxy_tunnels_open"));
                assertEquals(1, seen.of("plane_proxy_tunnel_messages_total{from=\"client\"}"));
                try (ScriptedUpstream back = ScriptedUpstream.at(dead.address(), Script.upgradeAndEcho())) {
                    held.interim();
                    await(page, series -> series.of("plane_proxy_tunnels_open") == 2);
                }
            }
            await(page, series -> series.notZero(OPEN).isEmpty());
        }
    }

    @Test
    void theOtherFormatIsGivenToWhoAsksForIt() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                RefusingPort dead = RefusingPort.take();
                AssembledProxy proxy = inFrontOf(upstream.address(), dead.address())) {
            MetricsPage page = new MetricsPage(proxy.metrics());
            MetricsPage.Content open = page.render("application/openmetrics-text;version=1.0.0;q=0.8,text/plain;q=0.5");
            assertTrue(
                    open.contentType().startsWith("application/openmetrics-text; version=1.0.0"), open.contentType());
            assertTrue(open.text().endsWith("# EOF\n"));
            assertTrue(page.render("*/*").contentType().startsWith("text/plain; version=0.0.4"));
        }
    }

    private AssembledProxy inFrontOf(InetSocketAddress upstream, InetSocketAddress dead) {
        return AssembledProxy.inFrontOf(upstream, TestIdentity.in(folder), """
                event-loops = 1
                max-body = 1M
                routes = [ { path = "/dead", upstream = "%s" } ]
                """.formatted(url(dead)));
    }

    private static String url(InetSocketAddress address) {
        return "http://127.0.0.1:" + address.getPort();
    }

    private static String ofUpstream(String figure, ScriptedUpstream upstream) {
        return "plane_proxy_upstream_" + figure + "{upstream=\"" + url(upstream.address()) + "\"}";
    }

    /** Looks until it is so. */
    private static Series await(MetricsPage page, Predicate<Series> wanted) {
        long end = System.nanoTime() + Patience.LIMIT.toNanos();
        while (true) {
            Series seen = Series.parse(page.render("").text());
            if (wanted.test(seen)) {
                return seen;
            }
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("after " + Patience.LIMIT + " still open:\n" + seen.notZero(OPEN));
            }
            Thread.onSpinWait();
        }
    }

    /** Debian's tool, which knows what Prometheus takes and what it frowns upon. */
    private static final class PromTool {
        static String check(String what, String input) throws Exception {
            Process process = new ProcessBuilder(Tool.PROMTOOL.path().toString(), "check", what)
                    .redirectErrorStream(true)
                    .start();
            try (var in = process.outputWriter()) {
                in.write(input);
            }
            String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? said : said + "exit code " + process.exitValue();
        }
    }
}
