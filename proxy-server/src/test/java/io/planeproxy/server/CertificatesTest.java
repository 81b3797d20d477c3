package io.planeproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.server.peers.Tool;
import io.planeproxy.server.settings.Read;
import io.planeproxy.server.settings.SettingsReader;
import io.planeproxy.server.settings.Sources;
import io.planeproxy.tls.PemFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fault of a file is told at the key of the configuration that has to be changed. */
final class CertificatesTest {
    private static final String SEALED = "sealed.pem: the key is encrypted and no passphrase was given. ";

    @TempDir
    private Path folder;

    private PemFiles good = PemFiles.of(Path.of(""), Path.of(""));

    @BeforeEach
    void aPair() {
        good = TestIdentity.in(folder);
    }

    @Test
    void aCertificateInThePlaceOfItsKeyIsAFaultOfTheKey() {
        String problem = problem("certificate = \"%1$s\"\nkey = \"%1$s\"".formatted(good.certificate()));
        assertTrue(problem.startsWith("test.conf:5: plane-proxy.listeners[0].tls.key: "), problem);
    }

    @Test
    void aFileThatIsMissingForBothIsToldOnce() {
        String problem = problem("certificate = \"%1$s\"\nkey = \"%1$s\"".formatted(folder.resolve("no.pem")));
        assertTrue(problem.startsWith("test.conf:4: plane-proxy.listeners[0].tls.certificate: "), problem);
    }

    @Test
    void anEncryptedKeySaysWhereItsPassphraseIsNamed() throws Exception {
        String pair = "certificate = \"" + good.certificate() + "\"\nkey = \"" + sealed() + "\"\n";
        String without = problem(pair);
        assertTrue(
                without.startsWith("test.conf:5: plane-proxy.listeners[0].tls.key: " + folder.resolve(SEALED)),
                without);
        assertTrue(without.contains("; passphrase-file names the file that has it (or "), without);
        String wrong = problem(pair + "passphrase = \"never shown\"");
        assertTrue(wrong.startsWith("test.conf:6: plane-proxy.listeners[0].tls.passphrase: "), wrong);
        Path file = Files.writeString(folder.resolve("passphrase"), "wrong");
        String wrongInFile = problem(pair + "passphrase-file = \"" + file + "\"");
        assertTrue(wrongInFile.startsWith("test.conf:6: plane-proxy.listeners[0].tls.passphrase-file: "), wrongInFile);
    }

    private Path sealed() throws Exception {
        Path sealed = folder.resolve("sealed.pem");
        String openssl = Tool.OPENSSL.path().toString();
        String key = good.key().toString();
        Process sealing = new ProcessBuilder(
                        openssl, "pkey", "-in", key, "-aes256", "-passout", "pass:right", "-out", sealed.toString())
                .start();
        assertEquals(0, sealing.waitFor());
        return sealed;
    }

    private static String problem(String identity) {
        Read read = SettingsReader.read(Sources.ofText(
                "test.conf",
                "plane-proxy {\nupstream = \"http://127.0.0.1:9\"\nlisteners = [ { port = 8443, tls {\n" + identity
                        + "\n} } ] }"));
        Certificates.Load.Bad bad = assertInstanceOf(
                Certificates.Load.Bad.class,
                Certificates.load(assertInstanceOf(Read.Good.class, read).settings(), Instant.now()));
        assertEquals(1, bad.problems().size(), () -> bad.problems().toString());
        return bad.problems().getFirst().text();
    }
}
