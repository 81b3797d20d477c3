package io.planeproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import io.planeproxy.server.accesslog.LogLines;
import io.planeproxy.tls.PemFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates whose files change while they are served. */
final class CertificateWatchTest {
    private static final String GET = "GET /x HTTP/1.1\r\nHost: plane.example\r\n\r\n";

    @TempDir
    private Path folder;

    private final ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
    private final LogLines log = new LogLines("plane-proxy.certificates");
    private Path live;

    @BeforeEach
    void aFolderAsCertbotHasIt() throws IOException {
        live = folder.resolve("live");
        Files.createSymbolicLink(live, pair("first"));
    }

    @AfterEach
    void end() {
        upstream.close();
        log.close();
    }

    @Test
    void aRenewedPairIsServedWithoutAReloadAndOpenConnectionsStay() throws Exception {
        try (AssembledProxy proxy = proxy();
                RawClient open = secure(proxy)) {
            CertificateWatch watch = proxy.watch();
            X509Certificate before = open.certificate();
            exchange(pair("second"));
            watch.look();
            assertEquals(before, shown(proxy), "not before the files have stood still");
            watch.look();
            assertNotEquals(before, shown(proxy));
            assertEquals("/x", open.send(GET).reply("GET").bodyText());
            assertTrue(log.next()
                    .matches(live + "/certificate.pem: in service without a reload: certificate of"
                            + " localhost, plane\\.example, 127\\.0\\.0\\.1 until .*"));
            watch.look();
            watch.look();
            assertEquals(List.of(), log.rest());
        }
    }

    @Test
    void aPairThatIsExchangedInItsPlaceIsNoticedToo() throws Exception {
        try (AssembledProxy proxy = proxy()) {
            CertificateWatch watch = proxy.watch();
            X509Certificate before = shown(proxy);
            Path second = pair("second");
            for (String file : List.of("certificate.pem", "key.pem")) {
                Files.copy(second.resolve(file), live.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
            watch.look();
            watch.look();
            assertNotEquals(before, shown(proxy));
        }
    }

    @Test
    void aBadPairKeepsTheOldOneAndIsToldOnceAndThenThatItIsGoodAgain() throws Exception {
        try (AssembledProxy proxy = proxy()) {
            CertificateWatch watch = proxy.watch();
            X509Certificate before = shown(proxy);
            Path second = pair("second");
            Path key = second.resolve("key.pem");
            String good = Files.readString(key);
            Files.writeString(key, Files.readString(folder.resolve("first/key.pem")));
            exchange(second);
            watch.look();
            watch.look();
            Files.writeString(key, Files.readString(folder.resolve("first/key.pem")));
            watch.look();
            watch.look();
            assertEquals(before, shown(proxy));
            List<String> told = log.rest();
            assertEquals(1, told.size(), told::toString);
            assertTrue(told.getFirst().startsWith("test.conf:4: plane-proxy.listeners[0].tls."), told::toString);
            assertTrue(told.getFirst().endsWith("; the certificate before stays in service"), told::toString);
            Files.writeString(key, good);
            watch.look();
            watch.look();
            assertNotEquals(before, shown(proxy));
            assertTrue(log.next().contains("certificate.pem: is good again; in service without a reload"));
            assertEquals(List.of(), log.rest());
        }
    }

    @Test
    void filesThatAreMissingForAWhileAreABadPair() throws Exception {
        try (AssembledProxy proxy = proxy()) {
            CertificateWatch watch = proxy.watch();
            X509Certificate before = shown(proxy);
            Files.delete(live);
            watch.look();
            watch.look();
            assertEquals(before, shown(proxy));
            assertTrue(log.next().endsWith("; the certificate before stays in service"));
        }
    }

    @Test
    void afterAReloadItIsTheFilesOfTheNewConfigurationThatAreWatched() throws Exception {
        try (AssembledProxy proxy = proxy()) {
            CertificateWatch watch = proxy.watch();
            watch.look();
            Path other = pair("other");
            proxy.reload(text(other));
            X509Certificate before = shown(proxy);
            exchange(pair("second"));
            watch.look();
            watch.look();
            assertEquals(before, shown(proxy), "of a configuration that is not in service any more");
            Path newer = pair("newer");
            Files.copy(
                    newer.resolve("certificate.pem"),
                    other.resolve("certificate.pem"),
                    StandardCopyOption.REPLACE_EXISTING);
            Files.copy(newer.resolve("key.pem"), other.resolve("key.pem"), StandardCopyOption.REPLACE_EXISTING);
            watch.look();
            watch.look();
            assertNotEquals(before, shown(proxy));
        }
    }

    private AssembledProxy proxy() {
        return AssembledProxy.of(text(live));
    }

    private String text(Path pair) {
        return """
                plane-proxy {
                  upstream = "http://127.0.0.1:%d"
                  listeners = [
                    { address = "127.0.0.1", port = 0, tls { certificate = "%s", key = "%s" } }
                  ]
                }
                """.formatted(upstream.address().getPort(), pair.resolve("certificate.pem"), pair.resolve("key.pem"));
    }

    /** Lets the link lead there, at once. */
    private void exchange(Path pair) throws IOException {
        Path next = folder.resolve("next");
        Files.createSymbolicLink(next, pair);
        Files.move(next, live, StandardCopyOption.ATOMIC_MOVE);
    }

    private Path pair(String name) throws IOException {
        Path pair = Files.createDirectory(folder.resolve(name));
        PemFiles made = TestIdentity.in(pair);
        assertEquals(pair.resolve("certificate.pem"), made.certificate());
        return pair;
    }

    private static X509Certificate shown(AssembledProxy proxy) {
        try (RawClient client = secure(proxy)) {
            assertEquals("/x", client.send(GET).reply("GET").bodyText());
            return client.certificate();
        }
    }

    private static RawClient secure(AssembledProxy proxy) {
        return RawClient.overTls(proxy.tls().orElseThrow(), "plane.example");
    }
}
