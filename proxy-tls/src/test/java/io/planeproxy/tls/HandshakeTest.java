package io.planeproxy.tls;

import static io.planeproxy.tls.Client.assertEchoes;
import static io.planeproxy.tls.Client.shown;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Real handshakes with both providers. */
final class HandshakeTest {
    static Pki root;
    static Pki.Leaf ec;
    static Pki.Leaf rsa;
    static Pki.Leaf other;

    @BeforeAll
    static void certificates() throws Exception {
        root = Pki.root();
        ec = root.leaf(Pki.ec(), "plane.example");
        rsa = root.leaf(Pki.rsa(), "plane.example");
        other = root.leaf(Pki.ec(), "other.example", "*.other.example");
    }

    @Test
    void opensslLoadsOnThisMachine() {
        assertEquals(
                TlsProvider.OPENSSL,
                TlsProvider.best(),
                () -> TlsProvider.whyNotOpenSsl().orElse(""));
    }

    @ParameterizedTest
    @CsvSource({
        "OPENSSL, TLSv1.3, TLS_AES_128_GCM_SHA256",
        "OPENSSL, TLSv1.3, TLS_AES_256_GCM_SHA384",
        "OPENSSL, TLSv1.3, TLS_CHACHA20_POLY1305_SHA256",
        "OPENSSL, TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "OPENSSL, TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "OPENSSL, TLSv1.2, TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
        "OPENSSL, TLSv1.2, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "OPENSSL, TLSv1.2, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "OPENSSL, TLSv1.2, TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
        "JDK, TLSv1.3, TLS_AES_128_GCM_SHA256",
        "JDK, TLSv1.3, TLS_AES_256_GCM_SHA384",
        "JDK, TLSv1.3, TLS_CHACHA20_POLY1305_SHA256",
        "JDK, TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "JDK, TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "JDK, TLSv1.2, TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
        "JDK, TLSv1.2, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "JDK, TLSv1.2, TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "JDK, TLSv1.2, TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
    })
    void eachSuiteOfTheProfileIsSpoken(TlsProvider provider, String protocol, String suite) throws Exception {
        try (var tls = tls(provider, suite.contains("_RSA_") ? rsa : ec);
                var server = EchoServer.with(tls);
                var socket = client().connect(server.port(), offering(protocol, suite))) {
            assertEquals(protocol, socket.getSession().getProtocol());
            assertEquals(suite, socket.getSession().getCipherSuite());
            assertEchoes(socket, "hello");
            assertTrue(server.nextEnd().isSuccess());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "OPENSSL, TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
        "OPENSSL, TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
        "OPENSSL, TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
        "OPENSSL, TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
        "JDK, TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
        "JDK, TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
        "JDK, TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
    })
    void everyOtherSuiteIsRefused(TlsProvider provider, String suite) throws Exception {
        try (var tls = tls(provider, suite.contains("_RSA_") ? rsa : ec);
                var server = EchoServer.with(tls)) {
            assertThrows(SSLException.class, () -> client().connect(server.port(), offering("TLSv1.2", suite)));
            assertEquals(HandshakeFailure.NO_SHARED_SUITE, server.nextFailure());
        }
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void tls11IsRefused(TlsProvider provider) throws Exception {
        try (var tls = tls(provider, ec);
                var server = EchoServer.with(tls);
                var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(Hello.tls11());
            assertEquals(HandshakeFailure.OLD_VERSION, server.nextFailure());
            assertEquals(21, socket.getInputStream().read(), "an alert is sent");
        }
    }

    @ParameterizedTest
    @CsvSource({"OPENSSL, 1", "OPENSSL, 2", "JDK, 1", "JDK, 2"})
    void plainHttpIsToldHoweverLittleComesAndNothingOfTlsIsLeft(TlsProvider provider, int identities) throws Exception {
        for (var request : List.of("GET / HTTP/1.1\r\nHost: x\r\n\r\n", "g", "POST /" + "x".repeat(100_000))) {
            try (var tls = identities == 1 ? tls(provider, ec) : tls(provider, ec, other);
                    var server = EchoServer.with(tls);
                    var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                socket.setSoTimeout(10_000);
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                assertEquals(EchoServer.IN_PLAIN, read(socket, EchoServer.IN_PLAIN.length()));
                socket.getOutputStream().write("and more\n".getBytes(StandardCharsets.US_ASCII));
                assertTrue(readLine(socket).endsWith("and more"));
                socket.close();
                assertEquals(0, server.endsLeft(), "no handshake ended, since there was none");
            }
        }
    }

    private static String read(Socket socket, int length) throws IOException {
        return new String(socket.getInputStream().readNBytes(length), StandardCharsets.US_ASCII);
    }

    private static String readLine(Socket socket) throws IOException {
        var reader = new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII);
        return new BufferedReader(reader).readLine();
    }

    @ParameterizedTest
    @CsvSource({"OPENSSL, 1", "OPENSSL, 2", "JDK, 1", "JDK, 2"})
    void whatIsNotTlsIsSaidSoOnce(TlsProvider provider, int identities) throws Exception {
        try (var tls = identities == 1 ? tls(provider, ec) : tls(provider, ec, other);
                var server = EchoServer.with(tls);
                var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(new byte[] {3, 0, 0, 19, 14, (byte) 0xE0, 0, 0, 0, 0, 0, 1, 0, 8, 0, 3, 0});
            assertEquals(HandshakeFailure.NOT_TLS, server.nextFailure());
            socket.close();
            assertEquals(0, server.endsLeft());
        }
    }

    @ParameterizedTest
    @CsvSource({"OPENSSL, 1", "OPENSSL, 2", "JDK, 1", "JDK, 2"})
    void aSilentClientTimesOutOnce(TlsProvider provider, int identities) throws Exception {
        try (var tls = identities == 1 ? tls(provider, ec) : tls(provider, ec, other);
                var server = EchoServer.with(tls, Duration.ofMillis(50));
                var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            assertEquals(HandshakeFailure.TIMEOUT, server.nextFailure());
            assertEquals(-1, socket.getInputStream().read());
            assertEquals(0, server.endsLeft());
        }
    }

    @ParameterizedTest
    @CsvSource({"OPENSSL, 1", "OPENSSL, 2", "JDK, 1", "JDK, 2"})
    void aClientThatStallsInItsHelloTimesOut(TlsProvider provider, int identities) throws Exception {
        try (var tls = identities == 1 ? tls(provider, ec) : tls(provider, ec, other);
                var server = EchoServer.with(tls, Duration.ofMillis(200));
                var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(Hello.tls11(), 0, 20);
            assertEquals(HandshakeFailure.TIMEOUT, server.nextFailure());
        }
    }

    @ParameterizedTest
    @CsvSource({"OPENSSL, 1", "OPENSSL, 2", "JDK, 1", "JDK, 2"})
    void aClientThatGoesAwayIsSaidSoOnce(TlsProvider provider, int identities) throws Exception {
        try (var tls = identities == 1 ? tls(provider, ec) : tls(provider, ec, other);
                var server = EchoServer.with(tls)) {
            new Socket(InetAddress.getLoopbackAddress(), server.port()).close();
            assertEquals(HandshakeFailure.WENT_AWAY, server.nextFailure());
            assertEquals(0, server.endsLeft());
        }
    }

    @ParameterizedTest
    @CsvSource({"OPENSSL, TLSv1.2", "OPENSSL, TLSv1.3", "JDK, TLSv1.2", "JDK, TLSv1.3"})
    void aClientThatDoesNotTrustUsIsSaidSo(TlsProvider provider, String protocol) throws Exception {
        var stranger = Client.trusting(Pki.root().certificate());
        try (var tls = tls(provider, ec);
                var server = EchoServer.with(tls)) {
            assertThrows(
                    SSLException.class,
                    () -> stranger.connect(
                            server.port(), parameters -> parameters.setProtocols(new String[] {protocol})));
            assertEquals(HandshakeFailure.CERTIFICATE_REJECTED, server.nextFailure());
        }
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void alpnIsHttp11ForWhoOffersItAndNothingForOthers(TlsProvider provider) throws Exception {
        try (var tls = tls(provider, ec);
                var server = EchoServer.with(tls)) {
            assertEquals("http/1.1", negotiated(server, "h2", "http/1.1"));
            assertEquals("", negotiated(server, "h2"));
            assertEquals("", negotiated(server));
        }
    }

    private static String negotiated(EchoServer server, String... offered) throws Exception {
        try (var socket = client().connect(server.port(), parameters -> parameters.setApplicationProtocols(offered))) {
            assertEchoes(socket, "hello");
            return socket.getApplicationProtocol();
        }
    }

    @ParameterizedTest
    @CsvSource({"OPENSSL, TLSv1.2", "OPENSSL, TLSv1.3", "JDK, TLSv1.2", "JDK, TLSv1.3"})
    void aSecondConnectionResumesTheSession(TlsProvider provider, String protocol) throws Exception {
        var client = client();
        try (var tls = tls(provider, ec);
                var server = EchoServer.with(tls)) {
            long first = createdAt(client, server, protocol);
            assertEquals(first, createdAt(client, server, protocol));
            assertTrue(createdAt(client(), server, protocol) > first, "another client has a session of its own");
        }
    }

    private static long createdAt(Client client, EchoServer server, String protocol) throws IOException {
        try (var socket =
                client.connect(server.port(), parameters -> parameters.setProtocols(new String[] {protocol}))) {
            assertEchoes(socket, "a ticket comes before this");
            return socket.getSession().getCreationTime();
        }
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void theNameThatIsAskedForChoosesTheCertificate(TlsProvider provider) throws Exception {
        try (var tls = tls(provider, ec, other);
                var server = EchoServer.with(tls)) {
            assertEquals(ec.certificate(), asked(server, "plane.example"));
            assertEquals(other.certificate(), asked(server, "other.example"));
            assertEquals(other.certificate(), asked(server, "any.OTHER.example"));
            try (var nameless = client().connect(server.port(), parameters -> {})) {
                assertEquals(ec.certificate(), shown(nameless));
            }
            assertThrows(SSLException.class, () -> asked(server, "two.labels.other.example"));
        }
    }

    private static Object asked(EchoServer server, String host) throws Exception {
        try (var socket = client().connectTo(server.port(), host)) {
            assertEchoes(socket, host);
            return shown(socket);
        }
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void aSwapServesNewConnectionsAndLeavesOpenOnes(TlsProvider provider) throws Exception {
        var store = new IdentityStore(Identities.only(Pki.identity(ec)));
        try (var tls = ServerTls.of(store, TlsProfile.INTERMEDIATE, provider);
                var server = EchoServer.with(tls);
                var before = client().connect(server.port(), parameters -> {})) {
            assertEquals(ec.certificate(), shown(before));
            store.replace(Identities.only(Pki.identity(rsa)));
            try (var after = client().connect(server.port(), parameters -> {})) {
                assertEquals(rsa.certificate(), shown(after));
                assertEchoes(after, "new");
            }
            assertEchoes(before, "still here");
        }
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void aSwapBetweenConnectionAndHelloIsServedByTheNew(TlsProvider provider) throws Exception {
        var store = new IdentityStore(new Identities(Pki.identity(ec), List.of(Pki.identity(other))));
        try (var tls = ServerTls.of(store, TlsProfile.INTERMEDIATE, provider);
                var server = EchoServer.with(tls);
                var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            store.replace(Identities.only(Pki.identity(rsa)));
            var secure = client().over(socket);
            assertEquals(rsa.certificate(), shown(secure));
            assertEchoes(secure, "hello");
        }
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void whoeverHasNotSaidItsNameWhenItAllIsClosedIsServedByWhatItBeganWith(TlsProvider provider) throws Exception {
        var store = new IdentityStore(new Identities(Pki.identity(ec), List.of(Pki.identity(other))));
        var tls = ServerTls.of(store, TlsProfile.INTERMEDIATE, provider);
        var contexts = tls.newest().orElseThrow();
        contexts.release();
        try (var server = EchoServer.with(tls);
                var silent = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            // One event loop accepts in order: once the second is served, the first has its handler.
            assertEquals(other.certificate(), asked(server, "other.example"));
            tls.close();
            assertEquals(1, contexts.refCnt(), "held by the silent one alone");
            var secure = client().over(silent);
            assertEquals(ec.certificate(), shown(secure));
            assertEchoes(secure, "hello");
            assertEquals(0, contexts.refCnt(), "held by nobody once the name has come");
            assertEchoes(secure, "still here");
        }
    }

    @ParameterizedTest
    @CsvSource({"OPENSSL, p384", "OPENSSL, p521", "OPENSSL, ed25519", "JDK, p384", "JDK, p521", "JDK, ed25519"})
    void lessUsualKeysAreServed(TlsProvider provider, String kind) throws Exception {
        var pair = kind.equals("ed25519") ? Pki.ed25519() : Pki.ec("secp" + kind.substring(1) + "r1");
        var leaf = root.leaf(pair, "plane.example");
        try (var tls = tls(provider, leaf);
                var server = EchoServer.with(tls);
                var socket = client().connectTo(server.port(), "plane.example")) {
            assertEquals(leaf.certificate(), shown(socket));
            assertEchoes(socket, "hello");
        }
    }

    @ParameterizedTest
    @CsvSource({"OPENSSL, 1", "OPENSSL, 2", "JDK, 1", "JDK, 2"})
    void aHelloInRecordsOfOneByteIsUnderstood(TlsProvider provider, int identities) throws Exception {
        try (var tls = identities == 1 ? tls(provider, ec) : tls(provider, ec, other);
                var server = EchoServer.with(tls);
                var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(Hello.inRecordsOfOneByte(Hello.tls12()));
            assertEquals(22, socket.getInputStream().read(), "a handshake record comes back");
        }
    }

    @ParameterizedTest
    @CsvSource({"OPENSSL, 1", "OPENSSL, 2", "JDK, 1", "JDK, 2"})
    void aHugeHelloIsRefusedBeforeItCame(TlsProvider provider, int identities) throws Exception {
        try (var tls = identities == 1 ? tls(provider, ec) : tls(provider, ec, other);
                var server = EchoServer.with(tls);
                var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(Hello.startOfHuge());
            assertEquals(HandshakeFailure.HELLO_TOO_LARGE, server.nextFailure());
        }
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void upstreamsAreVerifiedByAuthorityAndName(TlsProvider provider) throws Exception {
        try (var tls = tls(provider, ec, other);
                var server = EchoServer.with(tls);
                var trusting = UpstreamTls.of(UpstreamTrust.in(root.certificate()), provider);
                var suspicious = UpstreamTls.of(UpstreamTrust.ofJava(), provider)) {
            UpstreamCall.assertReaches(trusting, server.port(), "plane.example");
            UpstreamCall.assertReaches(trusting, server.port(), "a.other.example");
            UpstreamCall.assertRefuses(trusting, server.port(), "evil.example");
            UpstreamCall.assertRefuses(suspicious, server.port(), "plane.example");
        }
    }

    @Test
    void thePostQuantumGroupIsSpokenByOpenssl() throws Exception {
        var context = SslContextBuilder.forClient()
                .sslProvider(SslProvider.OPENSSL_REFCNT)
                .trustManager(root.certificate())
                .endpointIdentificationAlgorithm(null)
                .option(OpenSslContextOption.GROUPS, new String[] {"X25519MLKEM768"})
                .build();
        try (var tls = tls(TlsProvider.OPENSSL, ec);
                var server = EchoServer.with(tls)) {
            UpstreamCall.assertReaches(context::newHandler, server.port(), "plane.example");
            assertTrue(server.nextEnd().isSuccess());
        } finally {
            ReferenceCountUtil.release(context);
        }
    }

    private static Consumer<SSLParameters> offering(String protocol, String suite) {
        return parameters -> {
            parameters.setProtocols(new String[] {protocol});
            parameters.setCipherSuites(new String[] {suite});
        };
    }

    private static ServerTls tls(TlsProvider provider, Pki.Leaf byDefault, Pki.Leaf... others) {
        var more = Arrays.stream(others).map(leaf -> Pki.identity(leaf)).toList();
        var store = new IdentityStore(new Identities(Pki.identity(byDefault), more));
        return ServerTls.of(store, TlsProfile.INTERMEDIATE, provider);
    }

    private static Client client() throws Exception {
        return Client.trusting(root.certificate());
    }
}
