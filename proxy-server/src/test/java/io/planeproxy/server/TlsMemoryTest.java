package io.planeproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import io.planeproxy.server.accesslog.LogLines;
import io.planeproxy.server.admin.AdminClient;
import io.planeproxy.tls.PemFiles;
import io.planeproxy.tls.TlsProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What TLS takes outside of the heap, over many reloads with clients that come, stay for some of them, and go. */
final class TlsMemoryTest {
    private static final String GET = "GET /x HTTP/1.1\r\nHost: plane.example\r\n\r\n";
    private static final int RELOADS = 200;

    /** Until the Java machine itself has what it needs for all this. */
    private static final int WARM = 50;

    private static final int LISTENERS = 6;
    private static final int STAYING = 5;

    /** With every context kept it is twice as much, without any a third. */
    private static final long MOST_GROWTH_KB = 5 * 1024;

    @TempDir
    private Path folder;

    private final ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
    private final Deque<RawClient> clients = new ArrayDeque<>();

    @BeforeEach
    void nativeTls() {
        Assumptions.assumeTrue(TlsProvider.best() == TlsProvider.OPENSSL, "TLS by the JDK needs no native memory");
    }

    @AfterEach
    void end() {
        clients.forEach(RawClient::close);
        upstream.close();
    }

    /** Netty tells of a context that nobody refers to any more and that was not given back. */
    @Test
    void everyContextOfAConfigurationBeforeIsGivenBack() {
        PemFiles identity = TestIdentity.in(folder);
        try (LogLines leaks = new LogLines("io.netty.util.ResourceLeakDetector");
                AssembledProxy proxy = AssembledProxy.inFrontOf(upstream.address(), identity)) {
            for (int i = 0; i < RELOADS; i++) {
                comeAndGo(proxy.tls().orElseThrow());
                proxy.reload(AssembledProxy.text(upstream.address(), identity, "max-body = " + (i + 1) + "M"));
                if (i % 20 == 19) {
                    System.gc();
                }
            }
            assertEquals(List.of(), leaks.rest());
        }
    }

    @Test
    void whatTheProcessTakesStandsStill() throws Exception {
        Assumptions.assumeTrue(
                Files.exists(Path.of("/proc/self/status")), "the memory of a process is read from /proc");
        PemFiles identity = TestIdentity.in(folder);
        try (ProgramProcess program = ProgramProcess.startWith(
                Map.of(
                        "JAVA_TOOL_OPTIONS",
                        "-Xms64m -Xmx64m -XX:+AlwaysPreTouch -XX:TieredStopAtLevel=1",
                        "MALLOC_ARENA_MAX",
                        "2"),
                "run",
                "--config",
                write(identity, 1))) {
            program.await("taking orders at ");
            String port = program.await("listening on 127\\.0\\.0\\.1:(\\d+) for https")
                    .group(1);
            InetSocketAddress address = new InetSocketAddress("127.0.0.1", Integer.parseInt(port));
            long warm = 0;
            for (int i = 1; i <= WARM + RELOADS; i++) {
                comeAndGo(address);
                write(identity, i);
                AdminClient.Answer answer = new AdminClient(folder.resolve("admin.sock")).post("/reload");
                assertEquals(200, answer.status(), answer::body);
                if (i == WARM) {
                    warm = residentKb(program);
                }
            }
            long grown = residentKb(program) - warm;
            assertTrue(grown < MOST_GROWTH_KB, grown + " kB more after " + RELOADS + " further reloads");
        }
    }

    private void comeAndGo(InetSocketAddress address) {
        RawClient client = RawClient.overTls(address, "plane.example");
        assertEquals("/x", client.send(GET).reply("GET").bodyText());
        clients.add(client);
        if (clients.size() > STAYING) {
            clients.remove().close();
        }
    }

    private String write(PemFiles identity, int megabytes) throws IOException {
        return Files.writeString(folder.resolve("plane-proxy.conf"), """
                plane-proxy {
                  upstream = "http://127.0.0.1:%d"
                  listeners = [ %s ]
                  admin.socket = "admin.sock"
                  max-body = %dM
                }
                """.formatted(
                        upstream.address().getPort(),
                        """
                        { address = "127.0.0.1", port = 0, tls { certificate = "%s", key = "%s" } }
                        """.formatted(identity.certificate(), identity.key()).repeat(LISTENERS),
                        megabytes))
                .toString();
    }

    private static long residentKb(ProgramProcess program) throws IOException {
        String status = Files.readString(Path.of("/proc", String.valueOf(program.pid()), "status"));
        Matcher resident = Pattern.compile("VmRSS:\\s+(\\d+) kB").matcher(status);
        assertTrue(resident.find(), status);
        return Long.parseLong(resident.group(1));
    }
}
