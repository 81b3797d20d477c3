package io.planeproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import io.planeproxy.server.peers.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way back to a configuration of before, as an operator goes it: each command is a process of its own. */
final class RollbackProgramTest {
    private static final String GET = "GET /x HTTP/1.1\r\nHost: plane.example\r\n\r\n";

    private static final String HISTORY = "history.folder = \"history\"";

    private final OperatedFolder folder;

    RollbackProgramTest(@TempDir Path folder) {
        this.folder = new OperatedFolder(folder);
    }

    @Test
    void aRollbackPutsTheOldTextIntoItsFileAndIntoService() throws Exception {
        try (ScriptedUpstream before = ScriptedUpstream.answering(Script.reply(Script.ok("before")));
                ScriptedUpstream after = ScriptedUpstream.answering(Script.reply(Script.ok("after")));
                ProgramProcess program = folder.run(before, HISTORY);
                RawClient client = RawClient.to(OperatedFolder.serving(program))) {
            String old = Files.readString(file());
            folder.write(after, HISTORY, "max-body = 2M");
            String bad = Files.readString(file());
            ends(0, "reload");
            assertEquals("after", client.send(GET).reply("GET").bodyText());

            List<String> listed = ends(0, "history");
            assertTrue(
                    listed.getFirst().matches(" +2  \\S+Z  reload, asked for by process \\d+ of uid \\d+"),
                    listed::toString);
            assertTrue(
                    listed.get(1).matches(" +plane-proxy.max-body: 10M -> 2M  \\(.*plane-proxy.conf:6\\), and 1 more"),
                    listed::toString);
            assertTrue(listed.get(2).matches(" +1  \\S+Z  start"), listed::toString);
            List<String> shown = ends(0, "history", "2");
            assertTrue(
                    shown.getLast()
                            .contains("plane-proxy.upstream: " + OperatedFolder.url(before) + " -> "
                                    + OperatedFolder.url(after)),
                    shown::toString);

            List<String> done = ends(0, "rollback", "1");
            assertEquals("reloaded; the new configuration is in service", done.getFirst());
            assertTrue(
                    done.getLast()
                            .contains("has the text of 1 again; the one before is in " + file() + ".before-rollback"),
                    done::toString);
            assertEquals("before", client.send(GET).reply("GET").bodyText());
            assertEquals(old, Files.readString(file()), "a later start must not return to the bad file");
            assertEquals(bad, Files.readString(folder.path().resolve("plane-proxy.conf.before-rollback")));
            assertTrue(ends(0, "history").getFirst().contains(", as a rollback to 1"));
        }
    }

    @Test
    void aRollbackToWhatIsWrongByNowSaysWhyAndChangesNothing() throws Exception {
        try (ScriptedUpstream before = ScriptedUpstream.answering(Script.reply(Script.ok("before")));
                ScriptedUpstream after = ScriptedUpstream.answering(Script.reply(Script.ok("after")));
                ProgramProcess program = folder.run(before, HISTORY);
                RawClient client = RawClient.to(OperatedFolder.serving(program))) {
            folder.write(after, HISTORY);
            ends(0, "reload");
            String now = Files.readString(file());
            // A kept text that was good then, and is no longer: as if a certificate that it names were gone.
            Path kept = folder.path().resolve("history/configuration-1.json");
            Files.writeString(kept, Files.readString(kept).replace("upstream =", "upstraem ="));
            try (ProgramProcess rollback = start("rollback", "1")) {
                assertEquals(2, rollback.exitCode(), () -> rollback.errors().toString());
                assertTrue(
                        rollback.errors().toString().contains("plane-proxy.conf:2: plane-proxy.upstraem: unknown key"),
                        rollback.errors()::toString);
                assertEquals(
                        "plane-proxy: not rolled back; the files are as they were, and so is what is in service",
                        rollback.errors().getLast());
            }
            assertEquals("after", client.send(GET).reply("GET").bodyText());
            assertEquals(now, Files.readString(file()));
            assertFalse(Files.exists(folder.path().resolve("plane-proxy.conf.before-rollback")));
        }
    }

    @Test
    void whereNoProxyRunsTheTextIsCheckedAndPutBackForTheNextStart() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.reply(Script.ok("before")))) {
            String good;
            try (ProgramProcess program = folder.run(upstream, HISTORY)) {
                OperatedFolder.serving(program);
                good = Files.readString(file());
                program.terminate();
                program.exitCode();
            }
            folder.write(upstream, HISTORY, "max-boddy = 1M");
            List<String> done = ends(0, "rollback", "1", "--config", file().toString());
            assertTrue(
                    done.getFirst().contains("no running proxy answers, so start it: systemctl start plane-proxy"),
                    done::toString);
            assertEquals(good, Files.readString(file()));
        }
    }

    @Test
    void aNumberThatIsNotKeptIsRefusedWithThoseThatAre() throws Exception {
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.reply(Script.ok("before")));
                ProgramProcess program = folder.run(upstream, HISTORY)) {
            OperatedFolder.serving(program);
            for (String command : new String[] {"rollback", "history"}) {
                try (ProgramProcess refused = start(command, "7")) {
                    assertEquals(2, refused.exitCode());
                    assertEquals(
                            List.of(
                                    "plane-proxy: no configuration 7 is kept; expected one from 1 to 1; plane-proxy history"
                                            + " lists them"),
                            refused.errors());
                }
            }
        }
    }

    @Test
    void whoeverMayNotReadTheHistoryIsToldToComeAsRoot() throws Exception {
        Tool.SETPRIV.path();
        Assumptions.assumeTrue(
                Files.getOwner(folder.path()).getName().equals("root"),
                "only root can start a process of another user");
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.reply(Script.ok("before")));
                ProgramProcess program = folder.run(upstream, HISTORY)) {
            OperatedFolder.serving(program);
            Files.setPosixFilePermissions(folder.path(), PosixFilePermissions.fromString("rwxr-xr-x"));
            Path classes = Files.createDirectory(folder.path().resolve("classes"));
            try (ProgramProcess refused =
                    ProgramProcess.startAsNobody(classes, "rollback", "1", "--config", file().toString())) {
                assertEquals(1, refused.exitCode());
                assertTrue(refused.errors().getFirst().contains("permission denied"), refused.errors()::toString);
                assertTrue(
                        refused.errors().getFirst().contains("run this as root. Nothing was changed"),
                        refused.errors()::toString);
            }
        }
    }

    @Test
    void aProxyWithoutAPlaceForItSaysSoOnceAndServes() throws Exception {
        Assumptions.assumeFalse(Files.isDirectory(Path.of("/var/lib/plane-proxy")), "there is a place on this machine");
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.reply(Script.ok("before")))) {
            try (ProgramProcess program = folder.run(upstream)) {
                OperatedFolder.serving(program);
                ends(0, "reload");
                long said = Stream.concat(program.output().stream(), program.errors().stream())
                        .filter(line -> line.contains("configurations are not kept for a rollback"))
                        .count();
                assertEquals(1, said);
            }
        }
    }

    /** What it said on its output. */
    private List<String> ends(int code, String... arguments) throws Exception {
        try (ProgramProcess command = start(arguments)) {
            assertEquals(code, command.exitCode(), () -> command.errors().toString());
            return command.output();
        }
    }

    private ProgramProcess start(String... arguments) throws IOException {
        List<String> all = Stream.concat(Stream.of(arguments), Stream.of("--config", file().toString()))
                .toList();
        return ProgramProcess.start(
                (List.of(arguments).contains("--config") ? List.of(arguments) : all).toArray(String[]::new));
    }

    private Path file() {
        return folder.file();
    }
}
