package io.planeproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.server.accesslog.LogLines;
import io.planeproxy.server.admin.AdminEndpoint;
import io.planeproxy.server.admin.AdminPages;
import io.planeproxy.server.settings.Read;
import io.planeproxy.server.settings.SettingsReader;
import io.planeproxy.server.settings.Sources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the start says about the admin socket: where it is, or why there is none and what to do. */
final class AdminDoorsTest {
    private static final Path USUAL = Path.of("/run/plane-proxy");

    private final AdminEndpoint endpoint = AdminEndpoint.of(new AdminPages(List.of()));
    private final LogLines log = new LogLines("plane-proxy");

    @TempDir
    private Path folder;

    @AfterEach
    void end() {
        endpoint.close();
        log.close();
    }

    @Test
    void whereNoFolderOffersItselfTheStartSaysWhatIsMissingWithoutItAndWhatToDo() throws Exception {
        Assumptions.assumeFalse(Files.isWritable(USUAL), USUAL + " is there; this test is about a machine without it");
        open("auto", Map.of());
        assertEquals(
                List.of(
                        "no admin socket for reload, status page and doctor: there is no folder /run/plane-proxy that this"
                                + " user may write to; admin.socket may name a place"),
                log.rest());
    }

    @Test
    void whatTheOperatorSwitchedOffIsNotMissed() throws Exception {
        open("off", Map.of());
        assertEquals(List.of(), log.rest());
    }

    @Test
    void whereItIsStandsInTheLog() throws Exception {
        Path named = folder.resolve("named.sock");
        open("\"" + named + "\"", Map.of());
        assertEquals(List.of("taking orders at " + named), log.rest());
        endpoint.giveUp();
        open("auto", Map.of("RUNTIME_DIRECTORY", folder.toString()));
        assertEquals(List.of("taking orders at " + folder.resolve("admin.sock")), log.rest());
    }

    @Test
    void aPlaceThatCannotBeUsedEndsTheStartOnlyWhereTheOperatorNamedIt() throws Exception {
        Path nowhere = folder.resolve("nowhere");
        String why = "test.conf:1: plane-proxy.admin.socket: ";
        String sentence = assertThrows(CannotStart.class, () -> open("\"" + nowhere.resolve("x.sock") + "\"", Map.of()))
                .sentence();
        assertTrue(sentence.startsWith(why) && sentence.contains(nowhere.toString()), sentence);
        open("auto", Map.of("RUNTIME_DIRECTORY", nowhere.toString()));
        List<String> said = log.rest();
        assertEquals(1, said.size(), said::toString);
        assertTrue(
                said.getFirst().startsWith("no admin socket: ")
                        && said.getFirst().contains(nowhere.toString()),
                said::toString);
    }

    private void open(String socket, Map<String, String> environment) throws CannotStart {
        Read read = SettingsReader.read(Sources.ofText(
                "test.conf", "plane-proxy { upstream = \"http://10.0.0.5\", admin.socket = " + socket + " }"));
        AdminDoors.open(
                endpoint, assertInstanceOf(Read.Good.class, read).settings().admin(), environment);
    }
}
