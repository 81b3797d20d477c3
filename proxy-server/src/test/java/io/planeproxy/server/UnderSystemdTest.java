package io.planeproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import io.planeproxy.server.admin.AdminClient;
import io.planeproxy.server.peers.Tool;
import io.planeproxy.server.systemd.NotifyReceiver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as systemd starts it, with a stand-in for systemd. The real one is asked by {@code .ci/systemd}. */
final class UnderSystemdTest {
    private static final String GET = "GET /x HTTP/1.1\r\nHost: plane.example\r\n\r\n";
    private static final Duration OBSERVED = Duration.ofSeconds(1);
    private static final String[] RUN = {"run", "--upstream", "http://127.0.0.1:9", "--listen", "127.0.0.1:0"};

    /** What systemd does: opens what the program shall have as descriptors 3 and 4, here a socket and a file, and becomes it. */
    private static final String HAND_OVER = """
            import os, socket, sys
            listening = socket.create_server(("127.0.0.1", 0))
            other = open(os.devnull)
            os.dup2(listening.fileno(), 10)
            os.dup2(other.fileno(), 11)
            os.dup2(10, 3)
            os.dup2(11, 4)
            os.closerange(5, 20)
            port = str(listening.getsockname()[1])
            print("systemd listens on", port, flush=True)
            names = dict(LISTEN_PID=str(os.getpid()), LISTEN_FDS="2", LISTEN_FDNAMES="plane-proxy.socket:notes")
            command = [word.replace("PORT", port) for word in sys.argv[1:]]
            os.execve(command[0], command, os.environ | names)
            """;

    @TempDir
    private Path folder;

    @Test
    void systemdHearsWhenItServesThatItIsWellAndWhenItEnds() throws Exception {
        String path = folder.resolve("notify").toString();
        Map<String, String> environment = Map.of("NOTIFY_SOCKET", path, "WATCHDOG_USEC", "200000");
        try (NotifyReceiver systemd = new NotifyReceiver(path);
                ProgramProcess program = ProgramProcess.startWith(environment, RUN)) {
            String ready = systemd.next();
            assertTrue(ready.matches("READY=1\nSTATUS=listening on 127\\.0\\.0\\.1:\\d+ for http, .*"), ready);
            program.await("listening on");
            assertEquals("WATCHDOG=1", systemd.next());
            assertEquals("WATCHDOG=1", systemd.next());
            program.terminate();
            String ending = systemd.next("STOPPING=1");
            assertTrue(ending.startsWith("STOPPING=1\nEXTEND_TIMEOUT_USEC=40000000\nSTATUS="), ending);
            assertEquals(0, program.exitCode());
        }
    }

    @Test
    void whoConnectsToTheSocketOfSystemdBeforeTheProgramIsThereIsServed() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                ProgramProcess program = ProgramProcess.startThrough(
                        List.of(Tool.PYTHON.path().toString(), "-c", HAND_OVER),
                        "run",
                        "--upstream",
                        "http://127.0.0.1:" + upstream.address().getPort(),
                        "--listen",
                        "127.0.0.1:PORT")) {
            String port = program.await("systemd listens on (\\d+)").group(1);
            try (RawClient early = RawClient.to(new InetSocketAddress("127.0.0.1", Integer.parseInt(port)))) {
                early.send(GET);
                assertEquals("/x", early.reply("GET").bodyText());
            }
            program.await("INFO .* 127\\.0\\.0\\.1:" + port + ": sockets of systemd");
            program.await("WARN .* systemd hands over notes: file descriptor 4 is no socket that listens");
            program.terminate();
            assertEquals(0, program.exitCode());
        }
    }

    @Test
    void aListenerAtASocketOfSystemdCanGoWithOneReloadAndComeBackWithAnother() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                SocketUnit unit = SocketUnit.holding(2, folder);
                ProgramProcess program =
                        unit.start("run", "--config", write(upstream, unit.address(0), unit.address(1)))) {
            program.await("taking orders at ");
            assertServed(unit.address(1));
            write(upstream, unit.address(0));
            String taken = reload();
            assertTrue(
                    taken.contains("warning: systemd holds a socket at 127.0.0.1:"
                            + unit.address(1).getPort() + " (unnamed), and no listener is there"),
                    taken);
            try (RawClient waiting = RawClient.to(unit.address(1))) {
                waiting.send(GET);
                long before = DescriptorsTest.cpuMillis(program);
                assertTrue(waiting.silentFor(OBSERVED), "nobody accepts there");
                long used = DescriptorsTest.cpuMillis(program) - before;
                assertTrue(
                        used < OBSERVED.toMillis() / 2, used + " ms of CPU time for a socket that nobody listens at");
                assertServed(unit.address(0));
                write(upstream, unit.address(0), unit.address(1));
                String back = reload();
                assertTrue(
                        back.contains(
                                "listening on 127.0.0.1:" + unit.address(1).getPort()),
                        back);
                assertFalse(back.contains("warning"), back);
                assertEquals("/x", waiting.reply("GET").bodyText());
            }
        }
    }

    @Test
    void aListenerThatASocketOfSystemdIsInTheWayOfIsRefusedInWordsThatNameIt() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                SocketUnit unit = SocketUnit.holding(1, folder);
                ProgramProcess program = unit.start("run", "--config", write(upstream, unit.address(0)))) {
            program.await("taking orders at ");
            int port = unit.address(0).getPort();
            Path file = folder.resolve("plane-proxy.conf");
            String everywhere = Files.readString(file).replace("address = \"127.0.0.1\", ", "");
            Files.writeString(file, everywhere);
            AdminClient.Answer answer = new AdminClient(folder.resolve("admin.sock")).post("/reload");
            assertEquals(503, answer.status(), answer::body);
            String expected = file + ":3: plane-proxy.listeners[0].port: cannot listen on *:" + port
                    + ": systemd holds a socket at 127.0.0.1:" + port + " (unnamed)";
            assertTrue(answer.body().startsWith(expected), answer::body);
            assertTrue(
                    answer.body().contains("write ListenStream=" + port + " in place of 127.0.0.1:" + port),
                    answer::body);
            assertFalse(answer.body().contains("another program"), answer::body);
            assertServed(unit.address(0));
        }
    }

    private static void assertServed(InetSocketAddress address) {
        try (RawClient client = RawClient.to(address)) {
            assertEquals("/x", client.send(GET).reply("GET").bodyText());
        }
    }

    private String write(ScriptedUpstream upstream, InetSocketAddress... listeners) throws IOException {
        String all = Stream.of(listeners)
                .map(at -> "{ address = \"127.0.0.1\", port = " + at.getPort() + " }")
                .collect(Collectors.joining(", "));
        return Files.writeString(folder.resolve("plane-proxy.conf"), """
                plane-proxy {
                  upstream = "http://127.0.0.1:%d"
                  listeners = [ %s ]
                  admin.socket = "admin.sock"
                }
                """.formatted(
                                upstream.address().getPort(), all))
                .toString();
    }

    /** What the answer says. */
    private String reload() throws IOException {
        AdminClient.Answer answer = new AdminClient(folder.resolve("admin.sock")).post("/reload");
        assertEquals(200, answer.status(), answer::body);
        return answer.body();
    }

    @Test
    void aSocketThatCannotBeUsedIsOneLineAndNoObstacle() throws Exception {
        try (ProgramProcess program = ProgramProcess.startWith(Map.of("NOTIFY_SOCKET", "vsock:2:1234"), RUN)) {
            program.await("WARN .* systemd asks in NOTIFY_SOCKET=\"vsock:2:1234\" to be told");
            program.await("listening on");
            program.terminate();
            assertEquals(0, program.exitCode());
        }
    }
}
