package io.planeproxy.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import io.planeproxy.core.kit.WebSocketHandshake;
import io.planeproxy.core.kit.Wire;
import io.planeproxy.tls.PemFiles;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program while the files of its certificates are exchanged, and nobody tells it. */
final class RenewalProgramTest {
    @TempDir
    private Path folder;

    @Test
    void aRenewedPairIsServedToNewcomersHoweverItsFilesWereExchangedAndABadOneIsNot() throws Exception {
        PemFiles moved = pair("moved");
        PemFiles written = pair("written");
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.upgradeAndEcho());
                ProgramProcess program =
                        ProgramProcess.start("run", "--config", configuration(upstream, moved, written))) {
            InetSocketAddress byMove = listening(program, 1);
            InetSocketAddress inPlace = listening(program, 2);
            X509Certificate firstMoved = shown(byMove);
            X509Certificate firstWritten = shown(inPlace);
            try (RawClient one = tunnel(byMove);
                    RawClient other = tunnel(inPlace)) {
                move(pair("next"), moved);
                write(pair("another"), written);
                program.await(
                        "INFO .*" + moved.certificate() + ": in service without a reload: certificate of localhost");
                program.await("INFO .*" + written.certificate() + ": in service without a reload");
                X509Certificate renewed = shown(byMove);
                assertNotEquals(firstMoved, renewed);
                assertNotEquals(firstWritten, shown(inPlace));

                write(new PemFiles(pair("stray").certificate(), moved.key(), moved.passphrase()), moved);
                program.await("WARN .*plane-proxy\\.listeners\\[0\\]\\.tls.*; the certificate before stays in service");
                assertEquals(renewed, shown(byMove));

                move(pair("good"), moved);
                program.await(moved.certificate() + ": is good again; in service without a reload");
                assertNotEquals(renewed, shown(byMove));
                assertGoesOn(one);
                assertGoesOn(other);
            }
            program.terminate();
            assertEquals(0, program.exitCode());
            assertTrue(
                    program.errors().stream().noneMatch(line -> line.contains("reload, asked for")),
                    program.errors()::toString);
        }
    }

    private String configuration(ScriptedUpstream upstream, PemFiles first, PemFiles second) throws IOException {
        return Files.writeString(folder.resolve("plane-proxy.conf"), """
                plane-proxy {
                  upstream = "http://127.0.0.1:%d"
                  listeners = [
                    { address = "127.0.0.1", port = 0, tls { certificate = "%s", key = "%s" } }
                    { address = "127.0.0.1", port = 0, tls { certificate = "%s", key = "%s" } }
                  ]
                  admin.socket = off
                  drain.spread = 100ms
                }
                """.formatted(
                                upstream.address().getPort(),
                                first.certificate(),
                                first.key(),
                                second.certificate(),
                                second.key()))
                .toString();
    }

    private PemFiles pair(String name) throws IOException {
        return TestIdentity.in(Files.createDirectory(folder.resolve(name)));
    }

    /** As most that renew certificates do it: the new file takes the place of the old one at once. */
    private static void move(PemFiles from, PemFiles to) throws IOException {
        Files.move(from.certificate(), to.certificate(), StandardCopyOption.ATOMIC_MOVE);
        Files.move(from.key(), to.key(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** As a shell with {@code >} does it: the same file has another content. */
    private static void write(PemFiles from, PemFiles to) throws IOException {
        String certificate = Files.readString(from.certificate());
        String key = Files.readString(from.key());
        Files.writeString(to.certificate(), certificate);
        Files.writeString(to.key(), key);
    }

    private static InetSocketAddress listening(ProgramProcess program, int nth) throws InterruptedException {
        String port = program.awaitNth(nth, "listening on 127\\.0\\.0\\.1:(\\d+) for https")
                .group(1);
        return new InetSocketAddress("127.0.0.1", Integer.parseInt(port));
    }

    private static RawClient tunnel(InetSocketAddress address) {
        RawClient client = RawClient.overTls(address, "plane.example");
        assertEquals(
                101, client.send(WebSocketHandshake.request("/live")).interim().status());
        return client;
    }

    private static void assertGoesOn(RawClient tunnel) {
        assertEquals("ping", Wire.text(tunnel.send("ping").bytes(4)));
    }

    private static X509Certificate shown(InetSocketAddress address) {
        try (RawClient client = RawClient.overTls(address, "plane.example")) {
            return client.certificate();
        }
    }
}
