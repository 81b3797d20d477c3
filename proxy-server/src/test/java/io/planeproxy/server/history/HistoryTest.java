package io.planeproxy.server.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.planeproxy.server.history.Kept.SourceText;
import io.planeproxy.server.settings.ConfigSource;
import io.planeproxy.server.settings.EffectiveValue;
import io.planeproxy.server.settings.Read;
import io.planeproxy.server.settings.ReadFiles;
import io.planeproxy.server.settings.SettingsReader;
import io.planeproxy.server.settings.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HistoryTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void theLastTwentyAreKeptAndNoNumberIsGivenTwice() throws IOException {
        for (int i = 1; i <= 25; i++) {
            keep("max-body = " + i + "M");
        }
        assertEquals(
                IntStream.rangeClosed(6, 25).boxed().toList(),
                history().all().stream().map(Kept::number).toList());
    }

    @Test
    void whatIsAlreadyTheLastIsNotKeptOnceMore() throws IOException {
        keep("max-body = 1M");
        keep("max-body = 1M");
        assertEquals(1, history().all().size());
    }

    @Test
    void aDifferenceNamesTheValueOfBeforeTheOneOfNowAndItsPlace() throws IOException {
        keep("max-body = 1M");
        keep("max-body = 2M\nroutes = [ { path = \"/live\", max-body = 3M } ]");
        List<Kept> all = history().all();
        List<String> lines = Differences.told(all.getFirst(), all.getLast());
        assertEquals("plane-proxy.max-body: 1M -> 2M  (test.conf:2)", lines.getFirst());
        assertEquals("plane-proxy.routes: gone, was []", lines.getLast());
        assertEquals(
                "plane-proxy.max-body: 1M -> 2M  (test.conf:2), and 3 more",
                Differences.summary(all.getFirst(), all.getLast()));
    }

    @Test
    void noSecretIsInADifference() throws IOException {
        keep(withPassphrase("first-secret"));
        keep(withPassphrase("second-secret"));
        List<Kept> all = history().all();
        assertEquals(2, all.size());
        String told = Differences.told(all.getFirst(), all.getLast()).toString();
        assertEquals("[no value that may be shown: comments, their order, or a secret]", told);
        assertFalse(all.toString().contains("-secret"), "a record that is logged by mistake must not tell it either");
    }

    @Test
    void onlyTheOwnerMayReadWhatIsKept() throws IOException {
        keep("max-body = 1M");
        assertEquals(
                "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("history"))));
        Path file = folder.resolve("history/configuration-1.json");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void whatSomebodyHasDamagedIsPassedOver() throws IOException {
        keep("max-body = 1M");
        Files.writeString(folder.resolve("history/configuration-1.json"), "{ \"number\": 1");
        keep("max-body = 2M");
        assertEquals(List.of(2), history().all().stream().map(Kept::number).toList());
    }

    @Test
    void everyFileThatAConfigurationIncludesIsRead() throws IOException {
        Path main = Files.writeString(
                folder.resolve("main.conf"),
                "include \"more\"\ninclude file(\"" + folder + "/last.conf\")\nplane-proxy { }");
        Path more = Files.writeString(folder.resolve("more.conf"), "a = 1");
        Path last = Files.writeString(folder.resolve("last.conf"), "b = 1");
        assertEquals(List.of(main, more, last), ReadFiles.of(new ConfigSource.File(main)));
    }

    @Test
    void aTextThatIsPutBackReplacesTheOneOfNowAndCanBeTakenBack() throws IOException {
        Path one = Files.writeString(folder.resolve("one.conf"), "now");
        Path other = Files.writeString(folder.resolve("other.conf"), "as then");
        PutBack putBack = PutBack.of(List.of(new SourceText(one, "then"), new SourceText(other, "as then")));
        assertEquals(List.of(one), putBack.written());
        assertEquals("then", Files.readString(one));
        assertEquals("now", Files.readString(folder.resolve("one.conf.before-rollback")));
        putBack.undo();
        assertEquals("now", Files.readString(one));
        assertFalse(Files.exists(folder.resolve("one.conf.before-rollback")));
    }

    private History history() {
        return new History(folder.resolve("history"));
    }

    private void keep(String more) throws IOException {
        String text = "plane-proxy { upstream = \"http://10.0.0.5:8080\"\n" + more + "\n}";
        history().keep(NOON, "start", List.of(new SourceText(Path.of("/etc/test.conf"), text)), values(text));
    }

    private static List<EffectiveValue> values(String text) {
        return switch (SettingsReader.read(Sources.ofText("test.conf", text))) {
            case Read.Good(var settings) -> settings.effective();
            case Read.Bad(var problems) -> throw new AssertionError(problems.toString());
        };
    }

    private static String withPassphrase(String secret) {
        return "listeners = [ { port = 443, tls { certificate = \"c.pem\", key = \"k.pem\", passphrase = \"" + secret
                + "\" } } ]";
    }
}
