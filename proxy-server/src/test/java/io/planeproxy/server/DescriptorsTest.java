package io.planeproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.core.kit.Gate;
import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.RefusingPort;
import io.planeproxy.core.kit.Reply;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import io.planeproxy.core.kit.WebSocketHandshake;
import io.planeproxy.core.kit.Wire;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program with more clients than the system lets it have files. */
final class DescriptorsTest {
    private static final int LIMIT = 256;
    private static final String GET = "GET /x HTTP/1.1\r\nHost: plane.example\r\n\r\n";
    private static final Duration OBSERVED = Duration.ofSeconds(2);
    /** Linux counts CPU time in ticks of 10 ms. */
    private static final long TICK_MILLIS = 10;

    @TempDir
    private Path folder;

    @Test
    void whenFilesRunOutWhatIsOpenGoesOnNothingSpinsAndItRecovers() throws Exception {
        Gate more = new Gate("the rest of the download");
        Script script = exchange -> {
            if (exchange.head().has("Upgrade")) {
                Script.upgradeAndEcho().serve(exchange);
            } else if (exchange.head().target().equals("/download")) {
                exchange.write("HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n" + "d".repeat(100_000));
                more.await();
                exchange.write("d".repeat(100_000));
            } else {
                exchange.write(Script.ok("served"));
            }
        };
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(script);
                RefusingPort nobody = RefusingPort.take();
                ProgramProcess program = programWithoutLimit(upstream, nobody);
                RawClient tunnel = RawClient.to(ProgramTest.listening(program));
                RawClient download = RawClient.to(ProgramTest.listening(program));
                RawClient idle = RawClient.to(ProgramTest.listening(program));
                RawClient lucky = RawClient.to(ProgramTest.listening(program));
                RawClient unlucky = RawClient.to(ProgramTest.listening(program))) {
            InetSocketAddress address = ProgramTest.listening(program);
            assertEquals(
                    101,
                    tunnel.send(WebSocketHandshake.request("/live")).interim().status());
            assertEquals("served", idle.send(GET).reply("GET").bodyText());
            // Java looks for the classes of a relayed frame and of a refusal in files, as long as the program is not
            // one archive.
            assertEquals("ping", Wire.text(tunnel.send("ping").bytes(4)));
            assertEquals(502, idle.send(GET.replace("/x", "/away")).reply("GET").status());
            assertEquals("served", unlucky.send(GET).reply("GET").bodyText());
            download.send("GET /download HTTP/1.1\r\nHost: plane.example\r\n\r\n")
                    .head();
            assertEquals(100_000, download.bytes(100_000).length);
            List<Socket> crowd = crowd(address, program);
            try {
                long before = cpuMillis(program);
                long began = System.nanoTime();
                while (System.nanoTime() - began < OBSERVED.toNanos()) {
                    assertEquals("ping", Wire.text(tunnel.send("ping").bytes(4)));
                    LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
                }
                long used = cpuMillis(program) - before;
                assertTrue(
                        used < OBSERVED.toMillis() / 4,
                        used + " ms of CPU time in " + OBSERVED + " of next to nothing");
                Reply refused = unlucky.send(GET).reply("GET");
                assertEquals(503, refused.status());
                assertEquals(List.of("no-socket-left"), refused.values("X-Plane-Proxy-Cause"));
                assertTrue(refused.bodyText().contains("Too many open files"), refused::bodyText);
                more.open();
                assertEquals(100_000, download.bytes(100_000).length);
            } finally {
                for (Socket one : crowd) {
                    one.close();
                }
            }
            try (RawClient later = RawClient.to(address)) {
                assertEquals("served", later.send(GET).reply("GET").bodyText());
            }
            assertEquals("served", lucky.send(GET).reply("GET").bodyText());
            String away = "no answer from the upstream: http://127.0.0.1:"
                    + nobody.address().getPort() + " ";
            List<String> errors = program.errors().stream()
                    .filter(line -> !line.contains(" INFO ") && !line.contains(away))
                    .toList();
            assertEquals(1, errors.size(), () -> "one line for it all: " + String.join("\n", program.errors()));
            assertTrue(errors.getFirst().contains("no connection can be accepted: "), errors::getFirst);
        }
    }

    @Test
    void withTheLimitThatItFindsByItselfFilesDoNotRunOut() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                ProgramProcess program = ProgramProcess.startWithFiles(
                        LIMIT,
                        "run",
                        "--upstream",
                        "http://127.0.0.1:" + upstream.address().getPort(),
                        "--listen",
                        "127.0.0.1:0");
                RawClient early = RawClient.to(ProgramTest.listening(program))) {
            assertEquals("/x", early.send(GET).reply("GET").bodyText());
            List<RawClient> crowd = new ArrayList<>();
            try {
                for (int i = 0; i < 2 * LIMIT; i++) {
                    crowd.add(RawClient.to(ProgramTest.listening(program)));
                }
                try (RawClient late = RawClient.to(ProgramTest.listening(program))) {
                    late.untilEnd();
                }
                assertEquals("/x", early.send(GET).reply("GET").bodyText());
                assertTrue(openFiles(program) < LIMIT, () -> "all files are open");
            } finally {
                crowd.forEach(RawClient::close);
            }
            assertTrue(
                    program.errors().stream().allMatch(line -> line.contains(" INFO ")),
                    () -> program.errors().toString());
        }
    }

    /** One that lets everybody in, and needs a file for each request. */
    private ProgramProcess programWithoutLimit(ScriptedUpstream upstream, RefusingPort nobody) throws IOException {
        Path configuration = Files.writeString(folder.resolve("plane-proxy.conf"), """
                plane-proxy {
                  upstream = "http://127.0.0.1:%d"
                  listeners = [ { address = "127.0.0.1", port = 0 } ]
                  limits.connections = 100000
                  upstream-pool.max-idle = 0
                  routes = [ { path = "/away", upstream = "http://127.0.0.1:%d" } ]
                }
                """.formatted(
                        upstream.address().getPort(), nobody.address().getPort()));
        return ProgramProcess.startWithFiles(LIMIT, "run", "--config", configuration.toString());
    }

    /** More connections than there can be files, and no free one left in the program. */
    private static List<Socket> crowd(InetSocketAddress address, ProgramProcess program) throws IOException {
        List<Socket> crowd = new ArrayList<>();
        for (int i = 0; i < 2 * LIMIT; i++) {
            crowd.add(new Socket(address.getAddress(), address.getPort()));
        }
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (openFiles(program) < LIMIT - 2) {
            assertTrue(System.nanoTime() < end, openFiles(program) + " files are open, expected about " + LIMIT);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        return crowd;
    }

    private static long openFiles(ProgramProcess program) throws IOException {
        try (var files = Files.list(Path.of("/proc", String.valueOf(program.pid()), "fd"))) {
            return files.count();
        }
    }

    /** proc(5): the fields behind the name, of which utime is the 12th and stime the 13th. */
    static long cpuMillis(ProgramProcess program) throws IOException {
        String stat = Files.readString(Path.of("/proc", String.valueOf(program.pid()), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK_MILLIS;
    }
}
