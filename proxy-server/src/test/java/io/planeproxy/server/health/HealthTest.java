package io.planeproxy.server.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.core.kit.RefusingPort;
import io.planeproxy.server.AssembledProxy;
import io.planeproxy.server.TestIdentity;
import io.planeproxy.server.settings.Read;
import io.planeproxy.server.settings.Settings;
import io.planeproxy.server.settings.SettingsReader;
import io.planeproxy.server.settings.Sources;
import io.planeproxy.tls.PemFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HealthTest {
    @TempDir
    private Path folder;

    @Test
    void everyListenerIsAskedWhateverBecomesOfTheUpstream() {
        PemFiles identity = TestIdentity.in(folder);
        String tls = "tls { certificate = \"%s\", key = \"%s\" }".formatted(identity.certificate(), identity.key());
        try (RefusingPort nobody = RefusingPort.take();
                AssembledProxy proxy = AssembledProxy.inFrontOf(nobody.address(), identity)) {
            int plain = proxy.plain().getPort();
            int secure = proxy.tls().orElseThrow().getPort();
            Health health = Health.of(settings(listener(plain, ""), listener(secure, tls)));
            assertEquals(
                    List.of("127.0.0.1:" + plain + " answers 200", "127.0.0.1:" + secure + " answers 200"),
                    health.answers());
            assertEquals(List.of(), health.faults());
        }
    }

    @Test
    void whoMayNotComeGetsAnAnswerTooAndTheProxyIsWell() {
        try (AssembledProxy proxy = proxy("access.deny = [\"127.0.0.1\"]")) {
            int port = proxy.plain().getPort();
            assertEquals(
                    new Health(List.of("127.0.0.1:" + port + " answers 403"), List.of()),
                    Health.of(settings(listener(port, ""))));
        }
    }

    @Test
    void ofAListenerForALoadBalancerOnlyConnectionsAreAsked() {
        String protocol = "proxy-protocol = [\"10.0.0.2\"]";
        try (AssembledProxy proxy = proxy(protocol)) {
            int port = proxy.plain().getPort();
            assertEquals(
                    List.of("127.0.0.1:" + port + " accepts connections; only its load balancer may ask more"),
                    Health.of(settings(listener(port, protocol))).answers());
        }
    }

    @Test
    void whereNobodyListensItIsOneSentence() {
        try (RefusingPort nobody = RefusingPort.take()) {
            int port = nobody.address().getPort();
            Health health = Health.of(settings(listener(port, "")));
            assertEquals(List.of(), health.answers());
            assertEquals(
                    List.of(
                            "127.0.0.1:" + port + " does not answer at 127.0.0.1:" + port
                                    + ": Connection refused; expected an answer within 3 s; look whether plane-proxy runs, and into its log"),
                    health.faults());
        }
    }

    @Test
    void anotherProgramAtThePortIsNotTakenForTheProxy() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            Thread.ofVirtual().start(() -> greet(other));
            Health health = Health.of(settings(listener(other.getLocalPort(), "")));
            assertEquals(1, health.faults().size());
            assertTrue(
                    health.faults().getFirst().contains("what came is no answer of HTTP/1.1: \"SSH-2.0-Open\""),
                    health.faults()::toString);
        }
    }

    @Test
    void aPortThatWasLeftToTheSystemCannotBeAsked() {
        Health health = Health.of(settings(listener(0, "")));
        assertEquals(1, health.faults().size());
        assertTrue(health.faults().getFirst().startsWith("127.0.0.1:0: nobody but the process that serves it"));
    }

    private static void greet(ServerSocket other) {
        try (Socket client = other.accept()) {
            client.getOutputStream().write("SSH-2.0-OpenSSH\r\n".getBytes(StandardCharsets.US_ASCII));
            client.getInputStream().readAllBytes();
        } catch (IOException asked) {
            // It has got its answer.
        }
    }

    private static AssembledProxy proxy(String more) {
        return AssembledProxy.of(text(listener(0, more)));
    }

    private static Settings settings(String... listeners) {
        return switch (SettingsReader.read(Sources.ofText("test.conf", text(listeners)))) {
            case Read.Good(Settings settings) -> settings;
            case Read.Bad(var problems) -> throw new AssertionError(problems.toString());
        };
    }

    private static String text(String... listeners) {
        return "plane-proxy { upstream = \"http://127.0.0.1:9\", listeners = [ " + String.join(", ", listeners)
                + " ] }";
    }

    private static String listener(int port, String more) {
        return "{ address = \"127.0.0.1\", port = " + port + (more.isEmpty() ? "" : ", " + more) + " }";
    }
}
