package io.planeproxy.tls;

import static io.planeproxy.tls.Pki.NOW;
import static io.planeproxy.tls.Pki.hints;
import static io.planeproxy.tls.Pki.pem;
import static io.planeproxy.tls.Pki.pkcs8;
import static io.planeproxy.tls.Pki.problems;
import static io.planeproxy.tls.Pki.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each fault of the files, and that its message says what to repair. */
final class ServerIdentityFaultsTest {
    @TempDir
    Path directory;

    Pki root;
    Pki middle;
    Pki.Leaf leaf;
    String certificate;
    String key;

    @BeforeEach
    void anAuthority() throws Exception {
        root = Pki.root();
        middle = root.intermediate("CN=Middle");
        leaf = middle.leaf(Pki.ec(), "plane.example");
        certificate = pem(leaf.certificate(), middle.certificate());
        key = pkcs8(leaf.pair());
    }

    @Test
    void theFirstMissingComponentIsNamed() throws Exception {
        var far = directory.resolve("live/plane/fullchain.pem");
        var near = write(directory, "key.pem", key);
        var said = problems(ServerIdentity.load(PemFiles.of(far, near), NOW));
        assertSays(said, far + ": does not exist: " + directory.resolve("live") + " is the first component");
    }

    @Test
    void aMissingFileInAnExistingDirectoryIsSaidSo() throws Exception {
        var missing = directory.resolve("no.pem");
        var said = problems(ServerIdentity.load(PemFiles.of(missing, missing), NOW));
        assertEquals(
                missing + ": does not exist, though its directory " + directory
                        + " does. Correct the path, or put the file there.",
                said);
    }

    @Test
    void aLinkThatLeadsNowhereIsShown() throws Exception {
        var link = Files.createSymbolicLink(directory.resolve("fullchain.pem"), Path.of("archive/fullchain1.pem"));
        var said = problems(ServerIdentity.load(PemFiles.of(link, write(directory, "key.pem", key)), NOW));
        assertSays(said, directory.resolve("archive") + " is the first component of the path that is missing");
        assertSays(said, link + " -> archive/fullchain1.pem");
    }

    @Test
    void linksInACircleAreSaidSo() throws Exception {
        var one = directory.resolve("one");
        Files.createSymbolicLink(one, Path.of("two"));
        Files.createSymbolicLink(directory.resolve("two"), Path.of("one"));
        assertSays(problems(ServerIdentity.load(PemFiles.of(one, one), NOW)), "lead in a circle");
    }

    @Test
    void aFileWhereADirectoryShouldBeIsNamed() throws Exception {
        var file = write(directory, "file", "");
        var behind = file.resolve("key.pem");
        assertSays(problems(ServerIdentity.load(PemFiles.of(behind, behind), NOW)), file + " is not a directory, but");
    }

    @Test
    void aDirectoryIsSaidSoWithTheFileInIt() throws Exception {
        write(directory, "fullchain.pem", certificate);
        var said = problems(ServerIdentity.load(PemFiles.of(directory, write(directory, "k.pem", key)), NOW));
        assertSays(
                said,
                "is a directory, expected a PEM file. Name a file in it, such as "
                        + directory.resolve("fullchain.pem"));
    }

    @Test
    void anEmptyFileIsSaidSo() throws Exception {
        assertSays(problems(load("", key)), "certificate.pem: is empty");
    }

    @Test
    void faultsOfBothFilesAreToldAtOnce() throws Exception {
        var said = problems(load("", "nonsense"));
        assertSays(said, "certificate.pem: is empty");
        assertSays(said, "key.pem: is not PEM: no line starts with -----BEGIN. Expected -----BEGIN PRIVATE KEY-----");
    }

    @Test
    void derIsNamedWithTheCommandThatConvertsIt() throws Exception {
        var der = Files.write(directory.resolve("c.der"), leaf.certificate().getEncoded());
        var derKey =
                Files.write(directory.resolve("k.der"), leaf.pair().getPrivate().getEncoded());
        var said = problems(ServerIdentity.load(PemFiles.of(der, derKey), NOW));
        assertSays(
                said,
                "is DER (binary), expected PEM (text). Convert it: openssl x509 -inform DER -in " + der + " -out "
                        + directory.resolve("c-converted.pem"));
        assertSays(said, "openssl pkey -inform DER -in " + derKey);
    }

    @Test
    void pkcs12IsNamedWithTheCommandThatConvertsIt() throws Exception {
        var store = java.security.KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("a", leaf.pair().getPrivate(), new char[] {'x'}, new java.security.cert.X509Certificate[] {
            leaf.certificate()
        });
        var p12 = directory.resolve("all.p12");
        try (var out = Files.newOutputStream(p12)) {
            store.store(out, new char[] {'x'});
        }
        assertSays(problems(ServerIdentity.load(PemFiles.of(p12, p12), NOW)), "openssl pkcs12 -in " + p12);
    }

    @Test
    void utf16IsSaidSo() throws Exception {
        var file =
                Files.write(directory.resolve("c.pem"), ("\uFEFF" + certificate).getBytes(StandardCharsets.UTF_16LE));
        assertSays(problems(ServerIdentity.load(PemFiles.of(file, file), NOW)), "is UTF-16 text");
    }

    @Test
    void aFileCutOffIsSaidSo() throws Exception {
        assertSays(
                problems(load(certificate.substring(0, 300), key)), "certificate.pem: PEM block number 1 is damaged");
    }

    @Test
    void aDamagedCertificateIsNumbered() throws Exception {
        var garbage = pem(new PemObject("CERTIFICATE", new byte[] {0x30, 3, 1, 2, 3}));
        assertSays(problems(load(pem(leaf.certificate()) + garbage, key)), "certificate number 2 cannot be decoded");
    }

    @Test
    void aDamagedKeyIsSaidSo() throws Exception {
        var garbage = pem(new PemObject("PRIVATE KEY", new byte[] {0x30, 3, 1, 2, 3}));
        assertSays(problems(load(certificate, garbage)), "the block PRIVATE KEY cannot be decoded");
    }

    @Test
    void swappedFilesAreSaidSo() throws Exception {
        assertSays(problems(load(key, certificate)), "the two files were swapped");
    }

    @Test
    void aRequestIsToldFromACertificate() throws Exception {
        var request = pem(new PemObject("CERTIFICATE REQUEST", new byte[] {0x30, 0}));
        assertSays(problems(load(request, key)), "holds no certificate but CERTIFICATE REQUEST. That is a request");
    }

    @Test
    void aKeyFileWithoutAKeySaysWhatItHolds() throws Exception {
        assertSays(problems(load(certificate, certificate)), "key.pem: holds no private key but CERTIFICATE.");
    }

    @Test
    void aKeyInOpensshsFormatIsSaidSo() throws Exception {
        var ssh = pem(new PemObject("OPENSSH PRIVATE KEY", new byte[] {1, 2, 3}));
        assertSays(problems(load(certificate, ssh)), "is a key in OpenSSH's own format");
    }

    @Test
    void twoKeysAreNotGuessedAt() throws Exception {
        assertSays(problems(load(certificate, key + pkcs8(Pki.ec()))), "holds 2 private keys, expected one");
    }

    @Test
    void aCurveThatTlsDoesNotUseIsRefused() throws Exception {
        Tool.need("openssl");
        var strange = directory.resolve("k.pem");
        Tool.run(("openssl ecparam -name secp256k1 -genkey -noout -out " + strange).split(" "));
        var said = problems(ServerIdentity.load(PemFiles.of(write(directory, "c.pem", certificate), strange), NOW));
        assertSays(said, "k.pem: is an EC key on the curve secp256k1, expected P-256");
    }

    @Test
    void theKeyOfAnotherCertificateIsSaidSo() throws Exception {
        var said = problems(load(certificate, pkcs8(Pki.ec())));
        assertSays(said, "key.pem: is the key of another certificate: it fits none of the 2 in ");
        assertSays(said, "(CN=leaf; CN=Middle)");
        assertSays(said, "openssl pkey -pubout -in " + directory.resolve("key.pem"));
    }

    @Test
    void aKeyOfAnotherKindIsSaidSo() throws Exception {
        assertSays(problems(load(certificate, pkcs8(Pki.rsa()))), "key.pem: is the key of another certificate");
    }

    @Test
    void aCertificateOfAnAuthorityAloneIsSaidSo() throws Exception {
        assertSays(
                problems(load(pem(middle.certificate()), key)),
                "That is the certificate of an authority (CA:TRUE), not of a server");
    }

    @Test
    void aChainOutOfOrderSaysWhatComesWhere() throws Exception {
        var said = problems(load(pem(middle.certificate(), root.certificate(), leaf.certificate()), key));
        assertSays(said, "the chain is out of order. The certificate of an authority stands first.");
        assertSays(
                said,
                "1. CN=leaf (stands at place 3), 2. CN=Middle (stands at place 1), 3. CN=Root (stands at"
                        + " place 2)");
    }

    @Test
    void intermediatesOutOfOrderAreFoundToo() throws Exception {
        var lower = middle.intermediate("CN=Lower");
        var low = lower.leaf(Pki.ec(), "plane.example");
        var said = problems(load(pem(low.certificate(), middle.certificate(), lower.certificate()), pkcs8(low.pair())));
        assertSays(said, "2. CN=Lower (stands at place 3), 3. CN=Middle (stands at place 2)");
    }

    @Test
    void whatDoesNotBelongToTheChainIsOnlyAHint() throws Exception {
        var stranger = Pki.root().intermediate("CN=Stranger");
        var loaded = load(certificate + pem(stranger.certificate()), key);
        assertSays(hints(loaded), "does not belong to the chain and is not sent: CN=Stranger");
        assertEquals(2, Pki.ready(loaded).chain().size());
    }

    @Test
    void anExpiredCertificateSaysSinceWhen() throws Exception {
        var old = middle.leaf(Pki.ec(), NOW.minus(Duration.ofDays(40)), "plane.example");
        var said = problems(load(pem(old.certificate()), pkcs8(old.pair())));
        assertSays(
                said,
                "the certificate CN=leaf expired on "
                        + old.certificate().getNotAfter().toInstant() + ", 10 days ago");
    }

    @Test
    void aCertificateFromTheFutureNamesTheClock() throws Exception {
        var early = middle.leaf(Pki.ec(), NOW.plus(Duration.ofDays(2)), "plane.example");
        assertSays(problems(load(pem(early.certificate()), pkcs8(early.pair()))), "is not valid before ");
    }

    @Test
    void aMissingPassphraseIsSaidSo() throws Exception {
        assertSays(problems(load(certificate, encrypted("right"))), "the key is encrypted and no passphrase was given");
    }

    @Test
    void aWrongPassphraseIsSaidSoAndNotShown() throws Exception {
        var said = problems(load(certificate, encrypted("right"), "wrong-one"));
        assertSays(said, "the passphrase that was given does not open the key");
        assertFalse(said.contains("wrong-one"), said);
    }

    @Test
    void aPassphraseThatIsNotNeededIsOnlyAHint() throws Exception {
        assertSays(hints(load(certificate, key, "any")), "the key is not encrypted");
    }

    @Test
    void aPassphrasePrintsAsStars() {
        assertEquals("***", Passphrase.of("hidden").toString());
        assertFalse(new PemFiles(directory, directory, Optional.of(Passphrase.of("hidden")))
                .toString()
                .contains("hidden"));
    }

    @Test
    void aCertificateWithoutNamesIsAHint() throws Exception {
        var nameless = middle.leaf(Pki.ec());
        assertSays(hints(load(pem(nameless.certificate()), pkcs8(nameless.pair()))), "names no host");
    }

    private String encrypted(String passphrase) throws Exception {
        var encryptor = new JcePEMEncryptorBuilder("AES-256-CBC")
                .setProvider(new BouncyCastleProvider())
                .build(passphrase.toCharArray());
        return pem(new JcaMiscPEMGenerator(leaf.pair().getPrivate(), encryptor));
    }

    private Loaded<ServerIdentity> load(String certificate, String key) throws Exception {
        return load(certificate, key, Optional.empty());
    }

    private Loaded<ServerIdentity> load(String certificate, String key, String passphrase) throws Exception {
        return load(certificate, key, Optional.of(Passphrase.of(passphrase)));
    }

    private Loaded<ServerIdentity> load(String certificate, String key, Optional<Passphrase> passphrase)
            throws Exception {
        return ServerIdentity.load(
                new PemFiles(
                        write(directory, "certificate.pem", certificate), write(directory, "key.pem", key), passphrase),
                NOW);
    }

    private static void assertSays(String said, String expected) {
        assertTrue(said.contains(expected), () -> "expected to read\n  " + expected + "\nin\n  " + said);
    }
}
