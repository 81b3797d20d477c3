package io.planeproxy.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What OpenSSL's own client gets, asked for what no other client asks for. */
final class ScannedTest {
    SelfSigned self;

    @BeforeEach
    void anIdentity() {
        Tool.need("openssl");
        self = SelfSigned.of(
                List.of("localhost"), List.of(InetAddress.getLoopbackAddress()), Pki.NOW, Duration.ofDays(1));
    }

    @ParameterizedTest
    @CsvSource({
        "OPENSSL, X25519",
        "OPENSSL, P-256",
        "OPENSSL, P-384",
        "JDK, X25519",
        "JDK, P-256",
        "JDK, P-384",
    })
    void eachGroupOfTheProfileIsSpoken(TlsProvider provider, String group) throws Exception {
        var said = talk(provider, "", "-tls1_3", "-groups", group);
        assertTrue(said.contains("New, TLSv1.3"), said);
    }

    @ParameterizedTest
    @CsvSource({"OPENSSL, P-521", "OPENSSL, X448", "JDK, P-521", "JDK, X448", "JDK, ffdhe2048"})
    void noOtherGroupIs(TlsProvider provider, String group) throws Exception {
        var said = talk(provider, "", "-tls1_3", "-groups", group);
        assertFalse(said.contains("New, TLSv1.3"), said);
        assertTrue(said.contains("alert"), said);
    }

    /** The JDK goes by the client's order. */
    @Test
    void theOrderOfTheGroupsIsOurs() throws Exception {
        var said = talk(TlsProvider.OPENSSL, "", "-tls1_2", "-groups", "P-384:P-256:X25519");
        assertTrue(said.contains("Server Temp Key: X25519"), said);
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void renegotiationIsRefused(TlsProvider provider) throws Exception {
        var said = talk(provider, "R\n", "-tls1_2");
        var afterwards = said.substring(said.indexOf("RENEGOTIATING"));
        assertTrue(afterwards.contains("alert"), said);
        assertFalse(afterwards.contains("verify return"), said);
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void nothingIsCompressed(TlsProvider provider) throws Exception {
        assertTrue(talk(provider, "", "-tls1_2").contains("Compression: NONE"));
    }

    @ParameterizedTest
    @CsvSource({"OPENSSL, -tls1_2", "OPENSSL, -tls1_3", "JDK, -tls1_2", "JDK, -tls1_3"})
    void aClientThatDoesNotKnowTheAuthoritySaysSo(TlsProvider provider, String version) throws Exception {
        try (var tls = ServerTls.of(store(), TlsProfile.INTERMEDIATE, provider);
                var server = EchoServer.with(tls)) {
            talk(server, "", version, "-verify_return_error");
            var expected = version.equals("-tls1_3") && provider == TlsProvider.OPENSSL
                    ? HandshakeFailure.BROKEN_OFF
                    : HandshakeFailure.AUTHORITY_UNKNOWN;
            assertEquals(expected, server.nextFailure());
        }
    }

    private String talk(TlsProvider provider, String input, String... options) throws Exception {
        try (var tls = ServerTls.of(store(), TlsProfile.INTERMEDIATE, provider);
                var server = EchoServer.with(tls)) {
            return talk(server, input, options);
        }
    }

    private static String talk(EchoServer server, String input, String... options) throws Exception {
        var command = Stream.concat(
                Stream.of("openssl", "s_client", "-connect", "127.0.0.1:" + server.port()), Arrays.stream(options));
        var process =
                new ProcessBuilder(command.toList()).redirectErrorStream(true).start();
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.US_ASCII));
        }
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        process.waitFor();
        return said;
    }

    private IdentityStore store() {
        return new IdentityStore(Identities.only(self.identity()));
    }
}
