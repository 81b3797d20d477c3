package io.planeproxy.server.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import io.planeproxy.server.AssembledProxy;
import io.planeproxy.server.TestIdentity;
import io.planeproxy.tls.PemFiles;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What scanners find on the TLS port of a proxy with every default: Mozilla's intermediate profile, version 6.0, and nothing
 * beside it.
 */
final class TlsScanTest {
    private static final Set<String> TLS_1_3 =
            Set.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

    private static final Map<String, String> EXPECTED_OF_TESTSSL = Map.ofEntries(
            Map.entry("SSLv2", "not offered"),
            Map.entry("SSLv3", "not offered"),
            Map.entry("TLS1", "not offered"),
            Map.entry("TLS1_1", "not offered"),
            Map.entry("TLS1_2", "offered"),
            Map.entry("TLS1_3", "offered with final"),
            Map.entry("cipherlist_NULL", "not offered"),
            Map.entry("cipherlist_aNULL", "not offered"),
            Map.entry("cipherlist_EXPORT", "not offered"),
            Map.entry("cipherlist_LOW", "not offered"),
            Map.entry("cipherlist_3DES_IDEA", "not offered"),
            Map.entry("cipherlist_AVERAGE", "not offered"),
            Map.entry("cipherlist_STRONG", "offered"),
            Map.entry("secure_client_renego", "not vulnerable"),
            Map.entry("CRIME_TLS", "not vulnerable"));

    @TempDir
    private Path folder;

    enum Key {
        RSA("rsa:2048"),
        ECDSA("ec", "-pkeyopt", "ec_paramgen_curve:prime256v1");

        private final String[] newKey;

        Key(String... newKey) {
            this.newKey = newKey;
        }

        PemFiles identity(Path folder) throws Exception {
            Path certificate = folder.resolve("certificate.pem");
            Path key = folder.resolve("key.pem");
            String[] rest = {
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=DNS:localhost,IP:127.0.0.1",
                "-keyout",
                key.toString(),
                "-out",
                certificate.toString()
            };
            String[] arguments = new String[3 + newKey.length + rest.length];
            arguments[0] = "req";
            arguments[1] = "-x509";
            arguments[2] = "-newkey";
            System.arraycopy(newKey, 0, arguments, 3, newKey.length);
            System.arraycopy(rest, 0, arguments, 3 + newKey.length, rest.length);
            Output made = Output.of(folder, Tool.OPENSSL, arguments);
            assertEquals(0, made.exitCode(), made.text());
            return new PemFiles(certificate, key, Optional.empty());
        }
    }

    @ParameterizedTest
    @EnumSource
    void sslscanFindsTheIntermediateProfileAndNothingElse(Key key) throws Exception {
        Tool.need(Tool.SSLSCAN, Tool.OPENSSL);
        PemFiles identity = key.identity(folder);
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                AssembledProxy proxy = AssembledProxy.inFrontOf(upstream.address(), identity)) {
            String found = Output.of(
                            folder, Tool.SSLSCAN, "--xml=-", "--no-colour", "--no-check-certificate", at(proxy))
                    .text();
            assertEquals(
                    Set.of("tls 1.2", "tls 1.3"),
                    all(found, "<protocol type=\"(\\w+)\" version=\"([\\d.]+)\" enabled=\"1\""),
                    found);
            assertEquals(
                    Set.of(
                            "ECDHE-" + key + "-AES128-GCM-SHA256",
                            "ECDHE-" + key + "-AES256-GCM-SHA384",
                            "ECDHE-" + key + "-CHACHA20-POLY1305"),
                    all(found, "<cipher [^>]*sslversion=\"TLSv1.2\"[^>]* cipher=\"([^\"]+)\""),
                    found);
            assertEquals(TLS_1_3, all(found, "<cipher [^>]*sslversion=\"TLSv1.3\"[^>]* cipher=\"([^\"]+)\""), found);
            assertEquals(
                    Set.of("x25519", "secp256r1 (NIST P-256)", "secp384r1 (NIST P-384)"),
                    all(found, "<group [^>]*name=\"([^\"]+)\""),
                    found);
            assertEquals(Set.of("0"), all(found, "<renegotiation supported=\"(\\d)\""), found);
        }
    }

    @Test
    void testsslFindsNoOldVersionNoRenegotiationAndNoCompression() throws Exception {
        Tool.need(Tool.TESTSSL, Tool.OPENSSL);
        PemFiles identity = Key.ECDSA.identity(folder);
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                AssembledProxy proxy = AssembledProxy.inFrontOf(upstream.address(), identity)) {
            Path report = folder.resolve("report.json");
            Output said = Output.of(
                    folder,
                    Tool.TESTSSL,
                    "--quiet",
                    "--color",
                    "0",
                    "--warnings",
                    "off",
                    "--nodns",
                    "none",
                    "--ip",
                    "127.0.0.1",
                    "--jsonfile",
                    report.toString(),
                    "-p",
                    "-s",
                    "-f",
                    "-R",
                    "-C",
                    at(proxy));
            assertTrue(Files.exists(report), said::text);
            Map<String, String> found = findings(Files.readString(report));
            assertEquals(EXPECTED_OF_TESTSSL, only(EXPECTED_OF_TESTSSL.keySet(), found), found::toString);
            Set<String> suites =
                    new TreeSet<>(List.of(found.get("PFS_ciphers").trim().split(" ")));
            Set<String> expected = new TreeSet<>(TLS_1_3);
            expected.addAll(List.of(
                    "ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-ECDSA-CHACHA20-POLY1305"));
            assertEquals(expected, suites);
        }
    }

    private static Map<String, String> only(Set<String> ids, Map<String, String> found) {
        Map<String, String> picked = new TreeMap<>(found);
        picked.keySet().retainAll(ids);
        return picked;
    }

    private static String at(AssembledProxy proxy) {
        InetSocketAddress address = proxy.tls().orElseThrow();
        return "127.0.0.1:" + address.getPort();
    }

    private static Set<String> all(String text, String pattern) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        while (matcher.find()) {
            StringBuilder groups = new StringBuilder(matcher.group(1));
            for (int i = 2; i <= matcher.groupCount(); i++) {
                groups.append(' ').append(matcher.group(i));
            }
            found.add(groups.toString());
        }
        return found;
    }

    /** Of the flat report: each finding under its id. */
    private static Map<String, String> findings(String json) {
        Map<String, String> found = new TreeMap<>();
        Matcher matcher = Pattern.compile("\"id\"\\s*:\\s*\"([^\"]*)\"[^}]*\"finding\"\\s*:\\s*\"([^\"]*)\"")
                .matcher(json);
        while (matcher.find()) {
            found.put(matcher.group(1), matcher.group(2));
        }
        return found;
    }

    /** No scanner of Debian's knows X25519MLKEM768 (0x11ec) yet. */
    @Test
    void theGroupsAreTheseFourInThisOrderAndNoOther() throws Exception {
        PemFiles identity = TestIdentity.in(folder);
        List<Integer> all = new ArrayList<>();
        for (int group = 1; group <= 0x0200; group++) {
            all.add(group);
        }
        // The hybrids of today and yesterday: SecP256r1MLKEM768, X25519MLKEM768, SecP384r1MLKEM1024, two drafts of
        // Kyber.
        all.addAll(List.of(0x11eb, 0x11ec, 0x11ed, 0x6399, 0x639a, 0xfe30, 0xfe31));
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                AssembledProxy proxy = AssembledProxy.inFrontOf(upstream.address(), identity)) {
            List<Integer> order = GroupProbe.order(proxy.tls().orElseThrow(), all.reversed());
            assertEquals(List.of(0x11ec, 0x001d, 0x0017, 0x0018), order);
        }
    }

    @Test
    void plainHttpOnTheTlsPortIsAnswered400InWords() throws Exception {
        PemFiles identity = TestIdentity.in(folder);
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(Script.tellTarget());
                AssembledProxy proxy = AssembledProxy.inFrontOf(upstream.address(), identity);
                RawClient client = RawClient.to(proxy.tls().orElseThrow())) {
            var reply =
                    client.send("GET / HTTP/1.1\r\nHost: plane.example\r\n\r\n").reply("GET");
            assertEquals(400, reply.status());
            assertTrue(reply.bodyText().contains("https"), reply::bodyText);
            assertTrue(client.ended());
        }
    }
}
