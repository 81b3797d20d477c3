package io.planeproxy.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.core.kit.Frames;
import io.planeproxy.core.kit.Gate;
import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.Reply;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import io.planeproxy.core.kit.WebSocketHandshake;
import io.planeproxy.core.kit.Wire;
import io.planeproxy.tls.PemFiles;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as whoever starts it sees it: what it says, what it serves, and how it ends. */
final class ProgramTest {
    private static final String GET = "GET /x?secret=1 HTTP/1.1\r\nHost: plane.example\r\n\r\n";

    @TempDir
    private Path folder;

    @Test
    void itServesUntilItIsToldToEndAndThenEndsWithZero() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                ProgramProcess program = ProgramProcess.start(run(upstream));
                RawClient client = RawClient.to(listening(program))) {
            assertEquals("/x?secret=1", client.send(GET).reply("GET").bodyText());
            program.terminate();
            assertEquals(0, program.exitCode());
            assertEquals(1, program.output().size(), () -> program.output().toString());
            String line = program.output().getFirst();
            assertTrue(
                    line.matches(
                            "\\S+ 127\\.0\\.0\\.1 \"GET /x\\?… HTTP/1\\.1\" 200 0/11 \\d+\\.\\d{3} http://127\\.0\\.0\\.1:\\d+ [0-9a-f]{32} complete"),
                    line);
        }
    }

    @Test
    void anExchangeUnderWayIsFinishedBeforeItEnds() throws Exception {
        Gate answer = new Gate("answer");
        Script slow = exchange -> {
            exchange.request();
            answer.await();
            exchange.write(Script.ok("finished"));
        };
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(slow);
                ProgramProcess program = ProgramProcess.start(run(upstream));
                RawClient client = RawClient.to(listening(program))) {
            client.send(GET);
            upstream.awaitHead();
            program.terminate();
            program.await("told to end");
            answer.open();
            assertEquals("finished", client.reply("GET").bodyText());
            assertTrue(client.ended());
            assertEquals(0, program.exitCode());
        }
    }

    @Test
    void aWebSocketGetsACloseFrameAtTheEndAndHasItsLine() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.upgradeAndEcho());
                ProgramProcess program = ProgramProcess.start(run(upstream));
                RawClient client = RawClient.to(listening(program))) {
            client.send(WebSocketHandshake.request("/live/collaboration"));
            assertEquals(101, client.interim().status());
            byte[] frame = Frames.frame(0x81, Wire.bytes("hello"), true, new Random(1));
            client.send(frame).bytes(frame.length);
            program.terminate();
            byte[] close = Frames.close(1012, "proxy restarts", false, new Random(1));
            assertArrayEquals(close, client.bytes(close.length));
            client.send(Frames.close(1012, "", true, new Random(1)));
            assertEquals(0, program.exitCode());
            program.await(
                    "\"GET /live/collaboration HTTP/1\\.1\" 101 \\d+/\\d+ \\d+\\.\\d{3} \\S+ \\S+ tunnel ended: closed by the proxy 1012$");
        }
    }

    @Test
    void toldToEndWhileItStartsItEndsWithZero() throws Exception {
        PemFiles identity = TestIdentity.in(folder);
        Path passphrase = folder.resolve("passphrase");
        assertEquals(
                0, new ProcessBuilder("mkfifo", passphrase.toString()).start().waitFor());
        try (ProgramProcess program = ProgramProcess.start(
                "run",
                "--upstream",
                "http://127.0.0.1:9",
                "--tls-listen",
                "127.0.0.1:0",
                "--tls-certificate",
                identity.certificate().toString(),
                "--tls-key",
                identity.key().toString(),
                "--tls-passphrase-file",
                passphrase.toString())) {
            // Once somebody reads it, the program is at it; and as nothing is written, it stays there.
            try (var _ = Files.newOutputStream(passphrase)) {
                program.terminate();
                assertEquals(0, program.exitCode());
                program.await("told to end while starting");
            }
        }
    }

    @Test
    void itServesWithACertificateAndSaysWhoseAndUntilWhen() throws Exception {
        PemFiles identity = TestIdentity.in(folder);
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                ProgramProcess program = ProgramProcess.start(
                        "run",
                        "--upstream",
                        url(upstream),
                        "--tls-listen",
                        "127.0.0.1:0",
                        "--tls-certificate",
                        identity.certificate().toString(),
                        "--tls-key",
                        identity.key().toString());
                RawClient client = RawClient.overTls(listening(program), "plane.example")) {
            assertEquals("/x?secret=1", client.send(GET).reply("GET").bodyText());
            program.await(
                    "INFO .* for https, certificate of localhost, plane\\.example, 127\\.0\\.0\\.1 until \\d{4}-");
            program.await("TLS by ");
        }
    }

    @Test
    void problemsOfTheConfigurationEndItWithTwoAndOneLineEach() throws Exception {
        Path certificate = Files.writeString(folder.resolve("fullchain.pem"), "no certificate\n");
        Path file = Files.writeString(folder.resolve("plane-proxy.conf"), """
                plane-proxy {
                  upstream = "http://10.0.0.5:8080"
                  listeners = [ {
                    port = 8443
                    tls {
                      certificate = "%s"
                      key = "missing.pem"
                    }
                  } ]
                }
                """.formatted(certificate));
        try (ProgramProcess program = ProgramProcess.start("run", "--config", file.toString())) {
            assertEquals(2, program.exitCode());
            List<String> said = program.errors();
            assertEquals(2, said.size(), said::toString);
            assertTrue(
                    said.getFirst().startsWith(file + ":6: plane-proxy.listeners[0].tls.certificate: "),
                    said::toString);
            assertTrue(said.getLast().startsWith(file + ":7: plane-proxy.listeners[0].tls.key: "), said::toString);
            assertTrue(said.getLast().contains("missing.pem"), said::toString);
        }
    }

    @Test
    void aPortInUseIsOneSentenceAndOne() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
                ProgramProcess program = ProgramProcess.start(
                        "run", "--upstream", "http://127.0.0.1:9", "--listen", "127.0.0.1:" + other.getLocalPort())) {
            assertEquals(1, program.exitCode());
            assertEquals(
                    List.of("--listen: cannot listen on 127.0.0.1:" + other.getLocalPort()
                            + ": the port is in use by another program; expected it to be free; see which with:"
                            + " ss -ltnp 'sport = :" + other.getLocalPort()
                            + "'; end that one, or choose another port"),
                    program.errors());
        }
    }

    @Test
    void anAddressOfAnotherMachineIsOneSentenceAndOne() throws Exception {
        try (ProgramProcess program =
                ProgramProcess.start("run", "--upstream", "http://127.0.0.1:9", "--listen", "192.0.2.1:8080")) {
            assertEquals(1, program.exitCode());
            assertEquals(1, program.errors().size(), () -> program.errors().toString());
            assertTrue(program.errors()
                    .getFirst()
                    .startsWith("--listen: cannot listen on 192.0.2.1:8080: no network interface"));
        }
    }

    @Test
    void theDemoPrintsItsAddressAndServesThePageBehindTheRealProxy() throws Exception {
        try (ProgramProcess program = ProgramProcess.start("demo", "--port", "0")) {
            int port =
                    Integer.parseInt(program.await("https://localhost:(\\d+)/").group(1));
            program.await("Ctrl\\+C");
            try (RawClient client = RawClient.overTls(new InetSocketAddress("127.0.0.1", port), "localhost")) {
                Reply reply = client.send("GET /live/health HTTP/1.1\r\nHost: localhost\r\n\r\n")
                        .reply("GET");
                assertEquals(200, reply.status());
            }
            program.terminate();
            assertEquals(0, program.exitCode());
            program.await("127\\.0\\.0\\.1 \"GET /live/health HTTP/1\\.1\" 200 ");
        }
    }

    @Test
    void theDemoNamesItsOptionWhereThePortIsInUse() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
                ProgramProcess program = ProgramProcess.start("demo", "--port", String.valueOf(other.getLocalPort()))) {
            assertEquals(1, program.exitCode());
            assertEquals(1, program.errors().size(), () -> program.errors().toString());
            assertTrue(
                    program.errors().getFirst().contains("plane-proxy demo --port "),
                    () -> program.errors().toString());
        }
    }

    private static String[] run(ScriptedUpstream upstream) {
        return new String[] {"run", "--upstream", url(upstream), "--listen", "127.0.0.1:0"};
    }

    private static String url(ScriptedUpstream upstream) {
        return "http://127.0.0.1:" + upstream.address().getPort();
    }

    static InetSocketAddress listening(ProgramProcess program) throws InterruptedException {
        int port = Integer.parseInt(
                program.await("listening on 127\\.0\\.0\\.1:(\\d+) for ").group(1));
        return new InetSocketAddress("127.0.0.1", port);
    }
}
