package io.planeproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.planeproxy.core.kit.Frames;
import io.planeproxy.core.kit.Patience;
import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.Reply;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import io.planeproxy.core.kit.WebSocketHandshake;
import io.planeproxy.core.kit.Wire;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages of the program that only show, while it serves. */
final class AdminPagesProgramTest {
    private final AskedFolder folder;

    AdminPagesProgramTest(@TempDir Path folder) {
        this.folder = new AskedFolder(folder);
    }

    @Test
    void whatIsOpenAndHowItEndsIsShownAndCounted() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.upgradeAndEcho());
                ProgramProcess program = started(upstream)) {
            InetSocketAddress admin = admin(program);
            try (RawClient client = RawClient.to(ProgramTest.listening(program))) {
                byte[] text = Frames.frame(0x81, Wire.bytes("hello"), true, new Random(1));
                client.send(WebSocketHandshake.request("/live/collaboration?projectId=1"))
                        .interim();
                client.send(text).bytes(text.length);
                Config socket = sockets(
                                admin, seen -> seen.getConfigList("open").size() == 1)
                        .getConfigList("open")
                        .getFirst();
                assertEquals("127.0.0.1", socket.getString("client"));
                assertTrue(socket.getString("place").startsWith("plane.example/live/collaboration?"), socket::toString);
                assertEquals(1, socket.getInt("fromClient.frames"));
                assertEquals(text.length, socket.getInt("fromUpstream.bytes"));
                assertTrue(socket.getString("since").endsWith("Z"));
                assertFigure(admin, "plane_proxy_tunnels_open 1.0");
                client.send(Frames.close(4205, "", true, new Random(1))).some();
            }
            Config seen = sockets(
                    admin,
                    now -> now.getConfigList("open").isEmpty()
                            && !now.getConfigList("closed").isEmpty());
            Config closed = seen.getConfigList("closed").getFirst();
            assertEquals(4205, closed.getInt("code"));
            assertEquals("closed by client 4205", closed.getString("ending"));
            assertFigure(admin, "plane_proxy_tunnels_open 0.0");
            assertFigure(
                    admin,
                    "plane_proxy_tunnels_ended_total{by=\"client\",cause=\"none\",code=\"4205\",how=\"closed\"} 1.0");
        }
    }

    @Test
    void theFiguresOfTheProgramItselfAreThere() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                ProgramProcess program = started(upstream)) {
            InetSocketAddress admin = admin(program);
            Reply page = get(admin, "/metrics", "");
            assertEquals(List.of("text/plain; version=0.0.4; charset=utf-8"), page.values("Content-Type"));
            assertTrue(get(admin, "/metrics", "Accept: application/openmetrics-text; version=1.0.0\r\n")
                    .values("Content-Type")
                    .getFirst()
                    .startsWith("application/openmetrics-text; version=1.0.0"));
            write(upstream, "max-boddy = 1M");
            program.signal("HUP");
            program.await("not reloaded: 1 problem");
            write(upstream, "");
            program.signal("HUP");
            program.await("reloaded; the new configuration is in service");
            for (String figure : List.of(
                    "plane_proxy_reloads_total{result=\"applied\"} 1.0",
                    "plane_proxy_reloads_total{result=\"refused\"} 1.0",
                    "plane_proxy_bugs_total 0.0",
                    "plane_proxy_log_lines_dropped_total{log=\"access\"} 0.0",
                    "plane_proxy_log_lines_dropped_total{log=\"program\"} 0.0",
                    "plane_proxy_event_loops_unresponsive 0.0",
                    "plane_proxy_info{version=\"")) {
                assertFigure(admin, figure);
            }
            for (String name : List.of(
                    "plane_proxy_certificate_expiry_timestamp_seconds{names=\"localhost, plane.example, 127.0.0.1\"} ",
                    "plane_proxy_event_loop_delay_seconds_count ",
                    "plane_proxy_direct_memory_bytes ",
                    "jvm_memory_used_bytes{area=\"heap\"} ",
                    "process_open_fds ")) {
                assertFigure(admin, name);
            }
        }
    }

    @Test
    void theStatusPageTellsOfAReloadThatWasRefused() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                ProgramProcess program = started(upstream)) {
            InetSocketAddress admin = admin(program);
            write(upstream, "max-boddy = 1M");
            program.signal("HUP");
            program.await("not reloaded: 1 problem");
            String page = get(admin, "/", "").bodyText();
            assertTrue(page.contains("The configuration on the disk is not in service: 1 problem, see below."), page);
            assertTrue(page.contains("asked for by SIGHUP:"), page);
            assertTrue(page.contains("plane-proxy.max-boddy: unknown key"), page);
        }
    }

    @Test
    void theConfigurationSaysWhereEachValueCameFrom() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                ProgramProcess program = started(upstream)) {
            String page = get(admin(program), "/config", "").bodyText();
            assertTrue(page.contains("plane-proxy.max-body = 25M  (PLANE_PROXY_MAX_BODY)\n"), page);
            assertTrue(
                    page.contains("plane-proxy.upstream = http://127.0.0.1:"
                            + upstream.address().getPort() + "  (" + folder.file() + ":2)\n"),
                    page);
            assertTrue(page.contains("plane-proxy.timeouts.reply = 600s  (plane-proxy-reference.conf:"), page);
        }
    }

    private ProgramProcess started(ScriptedUpstream upstream) throws Exception {
        write(upstream, "");
        return ProgramProcess.startWith(
                Map.of("PLANE_PROXY_MAX_BODY", "25M"),
                "run",
                "--config",
                folder.file().toString());
    }

    private void write(ScriptedUpstream upstream, String more) throws Exception {
        folder.write(upstream.address().getPort(), more);
    }

    private static InetSocketAddress admin(ProgramProcess program) throws InterruptedException {
        return new InetSocketAddress(
                "127.0.0.1",
                Integer.parseInt(program.await("answering questions at http://127\\.0\\.0\\.1:(\\d+)")
                        .group(1)));
    }

    private static Reply get(InetSocketAddress admin, String path, String fields) {
        try (RawClient client = RawClient.to(admin)) {
            Reply reply = client.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n")
                    .reply("GET");
            assertEquals(200, reply.status(), reply::bodyText);
            return reply;
        }
    }

    private static void assertFigure(InetSocketAddress admin, String line) {
        String page = get(admin, "/metrics", "").bodyText();
        assertTrue(page.contains("\n" + line), () -> line + " is not in\n" + page);
    }

    /** Looks until it is so. */
    private static Config sockets(InetSocketAddress admin, Predicate<Config> wanted) {
        long end = System.nanoTime() + Patience.LIMIT.toNanos();
        while (true) {
            Config seen = ConfigFactory.parseString(get(admin, "/sockets", "").bodyText());
            if (wanted.test(seen)) {
                return seen;
            }
            assertTrue(System.nanoTime() - end < 0, seen::toString);
        }
    }
}
