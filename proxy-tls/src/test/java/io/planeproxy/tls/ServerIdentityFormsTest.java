package io.planeproxy.tls;

import static io.planeproxy.tls.Pki.NOW;
import static io.planeproxy.tls.Pki.pem;
import static io.planeproxy.tls.Pki.pkcs8;
import static io.planeproxy.tls.Pki.ready;
import static io.planeproxy.tls.Pki.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every form in which people have their certificates and keys. */
final class ServerIdentityFormsTest {
    @TempDir
    Path directory;

    Pki root;
    Pki middle;
    Pki.Leaf leaf;

    @BeforeEach
    void anAuthority() throws Exception {
        root = Pki.root();
        middle = root.intermediate("CN=Middle");
        leaf = middle.leaf(Pki.ec(), "plane.example", "*.Plane.example", "10.0.0.5");
    }

    @Test
    void aFullChainWithAPkcs8KeyServesItsNames() throws Exception {
        var identity = ready(load(pem(leaf.certificate(), middle.certificate()), pkcs8(leaf.pair())));
        assertEquals(List.of(leaf.certificate(), middle.certificate()), identity.chain());
        assertEquals(
                new CertificateNames(List.of("plane.example", "*.plane.example"), List.of("10.0.0.5")),
                identity.names());
        assertEquals(leaf.certificate().getNotAfter().toInstant(), identity.notAfter());
    }

    @Test
    void theChainMayEndWithItsRoot() throws Exception {
        var chain = pem(leaf.certificate(), middle.certificate(), root.certificate());
        assertEquals(3, ready(load(chain, pkcs8(leaf.pair()))).chain().size());
    }

    @Test
    void certificateAndKeyMayBeOneFile() throws Exception {
        var both = write(directory, "both.pem", pkcs8(leaf.pair()) + pem(leaf.certificate(), middle.certificate()));
        assertEquals(
                2,
                ready(ServerIdentity.load(PemFiles.of(both, both), NOW)).chain().size());
    }

    @Test
    void aKeyFileMayHoldCertificatesToo() throws Exception {
        ready(load(pem(leaf.certificate()), pem(leaf.certificate(), root.certificate()) + pkcs8(leaf.pair())));
    }

    @Test
    void textAroundTheBlocksAndForeignLineEndsMeanNothing() throws Exception {
        var bags = "\uFEFFBag Attributes\n    friendlyName: plane\nsubject=CN = leaf\n";
        var certificate = (bags + pem(leaf.certificate()) + "\n\n" + bags.substring(1)).replace("\n", "\r\n");
        var key = ("Bag Attributes\nKey Attributes: <No Attributes>\n" + pkcs8(leaf.pair())).replace("\n", "\r\n");
        ready(load(certificate, key));
    }

    @Test
    void indentationLeftFromCopyingMeansNothing() throws Exception {
        ready(load(pem(leaf.certificate()).indent(4), pkcs8(leaf.pair()).indent(2)));
    }

    @Test
    void aSelfSignedCertificateIsFine() throws Exception {
        var files = SelfSigned.of(List.of("localhost"), List.of(), NOW, Duration.ofDays(1))
                .writeTo(directory);
        assertEquals(
                "[localhost]",
                ready(ServerIdentity.load(files, NOW)).names().dns().toString());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(files.key())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa", "p256", "p384", "p521", "ed25519"})
    void eachKindOfKeyThatTlsUsesIsRead(String kind) throws Exception {
        var pair = switch (kind) {
            case "rsa" -> Pki.rsa();
            case "ed25519" -> Pki.ed25519();
            default -> Pki.ec("secp" + kind.substring(1) + "r1");
        };
        ready(load(pem(middle.leaf(pair, "plane.example").certificate()), pkcs8(pair)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "genrsa -traditional -out KEY 2048",
                "genrsa -traditional -aes256 -passout pass:secret -out KEY 2048",
                "genrsa -traditional -des3 -passout pass:secret -out KEY 2048",
                "genrsa -out KEY 2048",
                "genrsa -aes256 -passout pass:secret -out KEY 2048",
                "ecparam -name prime256v1 -genkey -out KEY",
                "ecparam -name secp384r1 -genkey -noout -out KEY",
                "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out KEY",
                "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -aes-128-cbc -pass pass:secret -out KEY",
                "genpkey -algorithm ED25519 -out KEY",
                "genpkey -algorithm ED25519 -aes256 -pass pass:secret -out KEY",
            })
    void whatOpensslWritesIsRead(String command) throws Exception {
        Tool.need("openssl");
        var key = directory.resolve("key.pem");
        Tool.run(("openssl " + command).replace("KEY", key.toString()).split(" "));
        var certificate = directory.resolve("certificate.pem");
        var subject = "openssl req -x509 -days 30 -subj /CN=plane.example -addext subjectAltName=DNS:plane.example"
                + " -passin pass:secret -key " + key + " -out " + certificate;
        Tool.run(subject.split(" "));
        ready(ServerIdentity.load(new PemFiles(certificate, key, passphraseFor(command)), Instant.now()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-topk8 -v2 aes-256-cbc -v2prf hmacWithSHA256",
                "-topk8 -v2 des3",
                "-topk8 -scrypt",
                "-topk8 -v1 PBE-SHA1-3DES",
                "-topk8 -nocrypt"
            })
    void eachEncryptionOfPkcs8IsRead(String options) throws Exception {
        Tool.need("openssl");
        var plain = write(directory, "plain.pem", pkcs8(leaf.pair()));
        var key = directory.resolve("key.pem");
        var command = "openssl pkcs8 -in " + plain + " -out " + key + " -passout pass:secret " + options;
        Tool.run(command.split(" "));
        var certificate = write(directory, "certificate.pem", pem(leaf.certificate()));
        ready(ServerIdentity.load(
                new PemFiles(certificate, key, passphraseFor(options.replace("-nocrypt", "") + "pass:")), NOW));
    }

    @Test
    void whatPkcs12BecomesIsRead() throws Exception {
        Tool.need("openssl");
        var certificate = write(directory, "c.pem", pem(leaf.certificate(), middle.certificate()));
        var key = write(directory, "k.pem", pkcs8(leaf.pair()));
        var p12 = directory.resolve("all.p12");
        Tool.run(("openssl pkcs12 -export -passout pass:x -in " + certificate + " -inkey " + key + " -out " + p12)
                .split(" "));
        var all = directory.resolve("all.pem");
        Tool.run(("openssl pkcs12 -nodes -passin pass:x -in " + p12 + " -out " + all).split(" "));
        assertTrue(Files.readString(all).contains("Bag Attributes"));
        assertEquals(
                2,
                ready(ServerIdentity.load(PemFiles.of(all, all), NOW)).chain().size());
    }

    private static Optional<Passphrase> passphraseFor(String command) {
        return command.contains("pass:") ? Optional.of(Passphrase.of("secret")) : Optional.empty();
    }

    private Loaded<ServerIdentity> load(String certificate, String key) throws Exception {
        return ServerIdentity.load(
                PemFiles.of(write(directory, "certificate.pem", certificate), write(directory, "key.pem", key)), NOW);
    }
}
