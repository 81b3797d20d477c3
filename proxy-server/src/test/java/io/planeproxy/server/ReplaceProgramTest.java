package io.planeproxy.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.epoll.Epoll;
import io.planeproxy.core.kit.Frames;
import io.planeproxy.core.kit.Gate;
import io.planeproxy.core.kit.Meter;
import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import io.planeproxy.core.kit.WebSocketHandshake;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One process of the program takes the place of another. */
final class ReplaceProgramTest {
    private static final String GET = "GET /x HTTP/1.1\r\nHost: plane.example\r\n\r\n";
    private static final String UPGRADE = WebSocketHandshake.request("/live/collaboration");
    private static final int TUNNELS = 20;
    private static final Duration OBSERVED = Duration.ofSeconds(2);

    @TempDir
    private Path folder;

    @BeforeEach
    void linux() {
        Assumptions.assumeTrue(Epoll.isAvailable(), "sockets are handed over on Linux only");
    }

    @Test
    void noConnectionIsRefusedOrLostAndEachWebSocketGetsExactlyOneClose1012() throws Exception {
        Script script = exchange -> {
            if (exchange.head().has("Upgrade")) {
                Script.upgradeAndEcho().serve(exchange);
            } else {
                Script.tellTarget().serve(exchange);
            }
        };
        AtomicBoolean over = new AtomicBoolean();
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(script);
                ProgramProcess first = start(url(upstream), 0)) {
            InetSocketAddress address = serving(first);
            Meter served = new Meter();
            CompletableFuture<Void> clients = CompletableFuture.runAsync(() -> {
                while (!over.get()) {
                    try (RawClient client = RawClient.to(address)) {
                        assertEquals("/x", client.send(GET).reply("GET").bodyText());
                        served.add(1);
                    }
                }
            });
            List<RawClient> tunnels =
                    Stream.generate(() -> RawClient.to(address)).limit(TUNNELS).toList();
            tunnels.forEach(
                    client -> assertEquals(101, client.send(UPGRADE).interim().status()));
            served.awaitAtLeast(20);
            try (ProgramProcess second = start(url(upstream), address.getPort(), "--replace")) {
                assertEquals(address, serving(second));
                first.await("process " + second.pid() + " of uid \\d+ takes over the listeners");
                byte[] close = Frames.close(1012, "proxy restarts", false, new Random(1));
                for (RawClient client : tunnels) {
                    assertArrayEquals(close, client.bytes(close.length));
                    client.send(Frames.close(1012, "", true, new Random(1)));
                    assertTrue(client.ended(), "nothing comes after the close");
                }
                assertEquals(0, first.exitCode());
                served.awaitAtLeast(served.count() + 100);
                over.set(true);
                clients.join();
                assertEquals("/x", get(address));
                try (ProgramProcess reload = ProgramProcess.start("reload", "--admin", socket().toString())) {
                    assertEquals(0, reload.exitCode(), () -> reload.errors().toString());
                }
                second.await("reload, asked for by process");
                second.terminate();
                assertEquals(0, second.exitCode());
            }
        } finally {
            over.set(true);
        }
    }

    @Test
    void whatRunsInTheOldOneIsFinishedThereWhileTheNewOneServes() throws Exception {
        Gate answer = new Gate("answer");
        Script script = exchange -> {
            exchange.request();
            if (exchange.head().target().equals("/slow")) {
                answer.await();
            }
            exchange.write(Script.ok("done"));
        };
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(script);
                ProgramProcess first = start(url(upstream), 0);
                RawClient slow = RawClient.to(serving(first))) {
            InetSocketAddress address = serving(first);
            slow.send("GET /slow HTTP/1.1\r\nHost: plane.example\r\n\r\n");
            upstream.awaitHead();
            try (ProgramProcess second = start(url(upstream), address.getPort(), "--replace")) {
                first.await("told to end: accepting nothing more");
                serving(second);
                long before = DescriptorsTest.cpuMillis(first);
                long began = System.nanoTime();
                while (System.nanoTime() - began < OBSERVED.toNanos()) {
                    assertEquals("done", get(address));
                }
                long used = DescriptorsTest.cpuMillis(first) - before;
                assertTrue(
                        used < OBSERVED.toMillis() / 2,
                        used + " ms of CPU time in the old one, though all that comes is for the new one");
                answer.open();
                assertEquals("done", slow.reply("GET").bodyText());
                assertEquals(0, first.exitCode());
            }
        }
    }

    @Test
    void withNothingToReplaceItStartsLikeAnyOther() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                ProgramProcess program = start(url(upstream), 0, "--replace")) {
            assertEquals("/x", get(serving(program)));
            program.await("nothing to replace \\(" + socket() + ": No such file or directory\\)");
        }
    }

    @Test
    void oneThatCannotServeEndsAndTheOldOneGoesOn() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ProgramProcess first = start(url(upstream), 0)) {
            InetSocketAddress address = serving(first);
            try (ProgramProcess second = start(url(upstream), taken.getLocalPort(), "--replace")) {
                assertEquals(1, second.exitCode());
                assertTrue(
                        second.errors().getLast().contains("the port is in use by another program"),
                        second.errors()::toString);
            }
            for (int i = 0; i < 20; i++) {
                assertEquals("/x", get(address));
            }
        }
    }

    @Test
    void withoutReplaceTheSameSocketIsAClearProblem() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                ProgramProcess first = start(url(upstream), 0)) {
            InetSocketAddress address = serving(first);
            try (ProgramProcess second = start(url(upstream), 0)) {
                assertEquals(1, second.exitCode());
                assertTrue(
                        second.errors()
                                .getLast()
                                .startsWith(
                                        "PLANE_PROXY_ADMIN_SOCKET: " + socket()
                                                + ": another process answers there; expected only one plane-proxy with this socket"),
                        second.errors()::toString);
            }
            assertEquals("/x", get(address));
        }
    }

    private static String get(InetSocketAddress address) {
        try (RawClient client = RawClient.to(address)) {
            return client.send(GET).reply("GET").bodyText();
        }
    }

    private ProgramProcess start(String upstream, int port, String... more) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("run", "--upstream", upstream, "--listen", "127.0.0.1:" + port));
        arguments.addAll(List.of(more));
        return ProgramProcess.startWith(
                Map.of("PLANE_PROXY_ADMIN_SOCKET", socket().toString()), arguments.toArray(String[]::new));
    }

    private Path socket() {
        return folder.resolve("admin.sock");
    }

    private static String url(ScriptedUpstream upstream) {
        return "http://127.0.0.1:" + upstream.address().getPort();
    }

    /** Where it listens, once it takes orders. */
    private static InetSocketAddress serving(ProgramProcess program) throws InterruptedException {
        program.await("taking orders at ");
        return ProgramTest.listening(program);
    }
}
