package io.planeproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.epoll.Epoll;
import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import io.planeproxy.core.kit.WebSocketHandshake;
import io.planeproxy.core.kit.Wire;
import io.planeproxy.server.peers.Tool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program while its configuration is changed, as its operator sees it. */
final class ReloadProgramTest {
    private static final String GET = "GET /x HTTP/1.1\r\nHost: plane.example\r\n\r\n";

    private final OperatedFolder folder;

    ReloadProgramTest(@TempDir Path folder) {
        this.folder = new OperatedFolder(folder);
    }

    @Test
    void aReloadPutsTheNewFileIntoServiceAndSaysWhatWaitsForTheNextStart() throws Exception {
        try (ScriptedUpstream before = ScriptedUpstream.answering(upgradesOrSays("before"));
                ScriptedUpstream after = ScriptedUpstream.answering(Script.reply(Script.ok("after")));
                ProgramProcess program = folder.run(before);
                RawClient tunnel = RawClient.to(OperatedFolder.serving(program));
                RawClient client = RawClient.to(OperatedFolder.serving(program))) {
            assertEquals(
                    101,
                    tunnel.send(WebSocketHandshake.request("/live")).interim().status());
            assertEquals("before", client.send(GET).reply("GET").bodyText());
            Path file = folder.write(after, "event-loops = 3");
            try (ProgramProcess reload = reload()) {
                assertEquals(0, reload.exitCode(), () -> reload.errors().toString());
                assertEquals(
                        "reloaded; the new configuration is in service",
                        reload.output().getFirst());
                assertTrue(
                        reload.output().getLast().contains("passing on to " + OperatedFolder.url(after)),
                        reload.output()::toString);
                assertEquals(
                        List.of("warning: " + file + ":5: plane-proxy.event-loops: 3 takes effect at the next restart;"
                                + " until then it is auto"),
                        reload.errors());
            }
            assertEquals("after", client.send(GET).reply("GET").bodyText());
            assertEquals("ping", Wire.text(tunnel.send("ping").bytes(4)));
            program.await("INFO .* reload, asked for by process \\d+ of uid \\d+");
            program.await("INFO .* reloaded; the new configuration is in service");
        }
    }

    @Test
    void aReloadWithAWrongFileSaysEveryProblemToTheCallerAndChangesNothing() throws Exception {
        try (ScriptedUpstream before = ScriptedUpstream.answering(Script.reply(Script.ok("before")));
                ScriptedUpstream after = ScriptedUpstream.answering(Script.reply(Script.ok("after")));
                ProgramProcess program = folder.run(before);
                RawClient client = RawClient.to(OperatedFolder.serving(program))) {
            assertEquals("before", client.send(GET).reply("GET").bodyText());
            Path file = folder.write(after, "max-boddy = 1M\ntimeouts.reply = 600");
            List<String> problems = List.of(
                    file + ":5: plane-proxy.max-boddy: unknown key; the nearest known one is \"max-body\"",
                    file
                            + ":6: plane-proxy.timeouts.reply: \"600\"; expected a duration with its unit; write for example"
                            + " 600s or 600ms");
            try (ProgramProcess reload = reload()) {
                assertEquals(2, reload.exitCode());
                assertEquals(problems, reload.errors());
                assertEquals(List.of(), reload.output());
            }
            assertEquals("before", client.send(GET).reply("GET").bodyText());
            try (RawClient other = RawClient.to(OperatedFolder.serving(program))) {
                assertEquals("before", other.send(GET).reply("GET").bodyText());
            }
            program.await("WARN .*:5: plane-proxy\\.max-boddy: unknown key");
            program.await("WARN .*:6: plane-proxy\\.timeouts\\.reply");
            program.await("WARN .* not reloaded: 2 problems in the configuration; the one before stays in service");
        }
    }

    @Test
    void aListenerThatCannotBeOpenedIsNoFaultOfTheConfigurationAndChangesNothing() throws Exception {
        try (ScriptedUpstream before = ScriptedUpstream.answering(Script.reply(Script.ok("before")));
                ScriptedUpstream after = ScriptedUpstream.answering(Script.reply(Script.ok("after")));
                ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ProgramProcess program = folder.run(before)) {
            InetSocketAddress address = OperatedFolder.serving(program);
            folder.write(after, "listeners += { address = \"127.0.0.1\", port = " + taken.getLocalPort() + " }");
            try (ProgramProcess reload = reload()) {
                assertEquals(1, reload.exitCode());
                assertTrue(
                        reload.errors()
                                .getFirst()
                                .contains("cannot listen on 127.0.0.1:" + taken.getLocalPort()
                                        + ": the port is in use by another program"),
                        reload.errors()::toString);
            }
            try (RawClient client = RawClient.to(address)) {
                assertEquals("before", client.send(GET).reply("GET").bodyText());
            }
        }
    }

    @Test
    void sighupReloadsToo() throws Exception {
        try (ScriptedUpstream before = ScriptedUpstream.answering(Script.reply(Script.ok("before")));
                ScriptedUpstream after = ScriptedUpstream.answering(Script.reply(Script.ok("after")));
                ProgramProcess program = folder.run(before);
                RawClient client = RawClient.to(OperatedFolder.serving(program))) {
            assertEquals("before", client.send(GET).reply("GET").bodyText());
            folder.write(after);
            program.signal("HUP");
            program.await("reload, asked for by SIGHUP");
            program.await("reloaded; the new configuration is in service");
            assertEquals("after", client.send(GET).reply("GET").bodyText());
            folder.write(after, "upgrades = [");
            program.signal("HUP");
            program.await("not reloaded: 1 problem in the configuration");
            assertEquals("after", client.send(GET).reply("GET").bodyText());
            program.terminate();
            assertEquals(0, program.exitCode());
            assertEquals(0, linesWith("SIGHUP was ignored", program));
        }
    }

    @Test
    void startedUnderNohupItSaysThatAnotherWayToReloadIsLeft() throws Exception {
        try (ScriptedUpstream before = ScriptedUpstream.answering(Script.reply(Script.ok("before")));
                ScriptedUpstream after = ScriptedUpstream.answering(Script.reply(Script.ok("after")));
                ProgramProcess program = ProgramProcess.startThrough(
                        List.of("nohup"),
                        "run",
                        "--config",
                        folder.write(before).toString());
                RawClient client = RawClient.to(OperatedFolder.serving(program))) {
            program.await("WARN .* SIGHUP was ignored .*; reload with: plane-proxy reload");
            folder.write(after);
            program.signal("HUP");
            assertEquals("before", client.send(GET).reply("GET").bodyText());
            try (ProgramProcess reload = reload()) {
                assertEquals(0, reload.exitCode(), () -> reload.errors().toString());
            }
            assertEquals("after", client.send(GET).reply("GET").bodyText());
            program.terminate();
            assertEquals(0, program.exitCode());
            assertEquals(1, linesWith("SIGHUP", program));
        }
    }

    private static long linesWith(String word, ProgramProcess ended) {
        return Stream.concat(ended.output().stream(), ended.errors().stream())
                .filter(line -> line.contains(word))
                .count();
    }

    @Test
    void theAccessLogIsWrittenInTheNewFormatFromThenOn() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                ProgramProcess program = folder.run(upstream);
                RawClient client = RawClient.to(OperatedFolder.serving(program))) {
            client.send(GET).reply("GET");
            program.await("\"GET /x HTTP/1.1\" 200 .* complete");
            folder.write(upstream, "access-log.format = \"seen: $request_method $status\"");
            try (ProgramProcess reload = reload()) {
                assertEquals(0, reload.exitCode());
                assertEquals(List.of(), reload.errors());
            }
            client.send(GET).reply("GET");
            program.await("^seen: GET 200$");
        }
    }

    @Test
    void theLevelOfTheLogIsReloadedToo() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                ProgramProcess program = folder.run(upstream)) {
            OperatedFolder.serving(program);
            folder.write(upstream, "log.level = error");
            try (ProgramProcess reload = reload()) {
                assertEquals(0, reload.exitCode());
            }
            folder.write(upstream, "log.level = loud");
            try (ProgramProcess reload = reload()) {
                assertEquals(2, reload.exitCode());
            }
            program.terminate();
            assertEquals(0, program.exitCode());
            assertFalse(program.errors().toString().contains("not reloaded"), program.errors()::toString);
        }
    }

    /** Even where somebody has opened up the rights of the socket. */
    @Test
    void anotherUserIsNotObeyed() throws Exception {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "only root can become another user");
        Assumptions.assumeTrue(Epoll.isAvailable(), "who is at the other end can be told on Linux only");
        Tool.SETPRIV.path();
        Files.setPosixFilePermissions(folder.path(), PosixFilePermissions.fromString("rwxr-xr-x"));
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                ProgramProcess program = folder.run(upstream)) {
            OperatedFolder.serving(program);
            assertTrue(reloadAsNobody("closed").contains("Permission denied"));
            Files.setPosixFilePermissions(folder.socket(), PosixFilePermissions.fromString("rw-rw-rw-"));
            reloadAsNobody("open");
            program.await("WARN .*the admin socket was reached by uid 65534, whom it is not for");
            program.terminate();
            assertEquals(0, program.exitCode());
            assertFalse(program.errors().toString().contains("reload, asked for"), program.errors()::toString);
        }
    }

    /** What it is told; it has to fail. */
    private String reloadAsNobody(String name) throws Exception {
        Path classes = Files.createDirectory(folder.path().resolve(name));
        try (ProgramProcess reload = ProgramProcess.startAsNobody(
                classes, "reload", "--admin", folder.socket().toString())) {
            assertEquals(1, reload.exitCode(), () -> reload.errors().toString());
            return reload.errors().toString();
        }
    }

    @Test
    void whereNoProxyAnswersItSaysWhatToDo() throws Exception {
        try (ProgramProcess reload = reload()) {
            assertEquals(1, reload.exitCode());
            assertEquals(
                    List.of("plane-proxy: no running proxy answers (" + folder.socket()
                            + ": No such file or directory); expected"
                            + " one with an admin socket, whose place stands in its log; name it with --admin PATH, run this"
                            + " as its user or as root, or send it SIGHUP"),
                    reload.errors());
        }
    }

    private ProgramProcess reload() throws IOException {
        return ProgramProcess.start("reload", "--admin", folder.socket().toString());
    }

    private static Script upgradesOrSays(String body) {
        return exchange -> {
            if (exchange.head().has("Upgrade")) {
                Script.upgradeAndEcho().serve(exchange);
            } else {
                Script.reply(Script.ok(body)).serve(exchange);
            }
        };
    }
}
