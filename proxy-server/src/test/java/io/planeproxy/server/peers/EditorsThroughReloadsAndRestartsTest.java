package io.planeproxy.server.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.epoll.Epoll;
import io.planeproxy.core.kit.RawClient;
import io.planeproxy.server.ProgramProcess;
import io.planeproxy.server.SocketUnit;
import io.planeproxy.server.TestIdentity;
import io.planeproxy.server.admin.AdminClient;
import io.planeproxy.tls.PemFiles;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plane's editors, which type all the time, and Plane's collaboration server, while the program between them is reloaded and
 * restarted by its operator.
 */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class EditorsThroughReloadsAndRestartsTest {
    private static final int RELOADS = 100;

    @TempDir
    private Path folder;

    private NodeScript live;
    private int livePort;
    private PemFiles one;
    private PemFiles other;
    private Path both;

    @BeforeEach
    void plane() throws Exception {
        Tool.need(Tool.NODE);
        Assumptions.assumeTrue(Epoll.isAvailable(), "sockets are handed over on Linux only");
        one = TestIdentity.in(Files.createDirectory(folder.resolve("one")));
        other = TestIdentity.in(Files.createDirectory(folder.resolve("other")));
        both = Files.writeString(
                folder.resolve("both.pem"),
                Files.readString(one.certificate()) + Files.readString(other.certificate()));
        live = NodeScript.start("live.mjs", Map.of());
        livePort = live.port();
    }

    @AfterEach
    void end() throws Exception {
        live.close();
    }

    @Test
    void aHundredReloadsInARowCloseNoSocketAndLoseNoWord() throws Exception {
        try (ProgramProcess program = ProgramProcess.start("run", "--config", write(0, 0, one, ""))) {
            InetSocketAddress https = listening(program, "https");
            InetSocketAddress http = listening(program, "http");
            program.await("taking orders at ");
            try (TypingEditors editors = TypingEditors.at(https.getPort(), both);
                    Visitor visitor = Visitor.of(http, "/live/health")) {
                Set<X509Certificate> shown = new HashSet<>();
                for (int i = 1; i <= RELOADS; i++) {
                    boolean odd = i % 2 == 1;
                    write(0, 0, odd ? other : one, """
                            max-body = %dM
                            limits.requests-per-connection = %d
                            trusted-proxies = [ "10.0.0.%d" ]
                            log.level = %s
                            websocket.origins = %s
                            """.formatted(
                                    i, 1000 + i, i, odd ? "debug" : "info", odd ? "same" : "any"));
                    AdminClient.Answer answer = new AdminClient(socket()).post("/reload");
                    assertEquals(200, answer.status(), answer::body);
                    try (RawClient newcomer = RawClient.overTls(https, "plane.example")) {
                        shown.add(newcomer.certificate());
                        assertEquals(Math.min(i, 2), shown.size(), "certificates in turn");
                    }
                }
                visitor.awaitMore(10);
                TypingEditors.Result result = editors.stop();
                result.assertCloses();
                result.assertHandshakes(101);
                result.assertNoWordIsLost();
            }
            program.terminate();
            assertEquals(0, program.exitCode());
            assertEquals(
                    List.of(),
                    program.errors().stream()
                            .filter(line -> line.contains(" ERROR "))
                            .toList());
        }
    }

    @Test
    void aRestartWhileSystemdHoldsTheSocketsCostsEachEditorOneClose1012AndRefusesNobody() throws Exception {
        try (SocketUnit unit = SocketUnit.holding(2, folder)) {
            String file = write(unit.address(0).getPort(), unit.address(1).getPort(), one, "drain.spread = 1s");
            try (ProgramProcess first = unit.start("run", "--config", file);
                    TypingEditors editors = TypingEditors.at(unit.address(0).getPort(), both);
                    Visitor visitor = Visitor.of(unit.address(1), "/live/health")) {
                visitor.awaitMore(10);
                first.terminate();
                assertEquals(0, first.exitCode(), () -> first.errors().toString());
                try (ProgramProcess second = unit.start("run", "--config", file)) {
                    assertEachWasClosedOnceWith1012(editors);
                    visitor.awaitMore(10);
                    assertTrue(
                            second.errors().stream().noneMatch(line -> line.contains(" WARN ")),
                            second.errors()::toString);
                    visitor.close();
                }
            }
        }
    }

    @Test
    void aReplacementCostsEachEditorOneClose1012AndRefusesNobody() throws Exception {
        try (ProgramProcess first = ProgramProcess.start("run", "--config", write(0, 0, one, "drain.spread = 1s"))) {
            InetSocketAddress https = listening(first, "https");
            InetSocketAddress http = listening(first, "http");
            first.await("taking orders at ");
            try (TypingEditors editors = TypingEditors.at(https.getPort(), both);
                    Visitor visitor = Visitor.of(http, "/live/health")) {
                visitor.awaitMore(10);
                String file = write(https.getPort(), http.getPort(), one, "drain.spread = 1s");
                try (ProgramProcess second = ProgramProcess.start("run", "--replace", "--config", file)) {
                    assertEquals(0, first.exitCode(), () -> first.errors().toString());
                    assertEachWasClosedOnceWith1012(editors);
                    visitor.awaitMore(10);
                    second.await("taking orders at ");
                    visitor.close();
                }
            }
        }
    }

    private static void assertEachWasClosedOnceWith1012(TypingEditors editors) throws Exception {
        editors.awaitBothBack();
        TypingEditors.Result result = editors.stop();
        result.assertCloses(1012);
        result.assertHandshakes(101, 101);
        result.assertNoWordIsLost();
    }

    private String write(int https, int http, PemFiles identity, String more) throws IOException {
        return Files.writeString(folder.resolve("plane-proxy.conf"), """
                        plane-proxy {
                          upstream = "http://127.0.0.1:%d"
                          listeners = [
                            { address = "127.0.0.1", port = %d, tls { certificate = "%s", key = "%s" } }
                            { address = "127.0.0.1", port = %d }
                          ]
                          admin.socket = "admin.sock"
                          %s
                        }
                        """.formatted(
                                livePort, https, identity.certificate(), identity.key(), http, more))
                .toString();
    }

    private Path socket() {
        return folder.resolve("admin.sock");
    }

    private static InetSocketAddress listening(ProgramProcess program, String scheme) throws InterruptedException {
        String port = program.await("listening on 127\\.0\\.0\\.1:(\\d+) for " + scheme + ",")
                .group(1);
        return new InetSocketAddress("127.0.0.1", Integer.parseInt(port));
    }
}
