package io.planeproxy.server.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.core.kit.ProxyUnderTest;
import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.Script;
import io.planeproxy.core.kit.ScriptedUpstream;
import io.planeproxy.server.AssembledProxy;
import io.planeproxy.server.TestIdentity;
import io.planeproxy.tls.PemFiles;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever replaces nginx by this proxy: the upstream sees the same, save for the differences that are listed with their reasons. */
class ParityTest {
    private static final Script NOTHING_TO_SAY = Script.reply("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");

    @TempDir
    private static Path identityDirectory;

    private static PemFiles identity;

    @TempDir
    private Path prefix;

    @BeforeAll
    static void makeTheCertificateOnce() {
        identity = TestIdentity.in(identityDirectory);
    }

    @ParameterizedTest
    @MethodSource("io.planeproxy.server.parity.ParityCase#all")
    void theUpstreamSeesTheSameAsFromNginxSaveForWhatIsListed(ParityCase given) {
        Function<ProxyUnderTest, RawClient> plain = proxy -> RawClient.to(proxy.plain());
        assertParity(given.by("http"), plain);
    }

    @ParameterizedTest
    @MethodSource("io.planeproxy.server.parity.ParityCase#all")
    void theUpstreamSeesTheSameOverTls(ParityCase given) {
        Function<ProxyUnderTest, RawClient> tls =
                proxy -> RawClient.overTls(proxy.tls().orElseThrow(), "plane.example");
        assertParity(given.by("https"), tls);
    }

    @Test
    void theTableHasAtLeastFortyRequestsAndEachDifferenceItsReason() {
        assertTrue(ParityCase.all().count() >= 40);
        assertEquals(
                ParityCase.all().count(),
                ParityCase.all().map(ParityCase::name).distinct().count());
        assertTrue(ParityCase.all()
                .flatMap(given -> given.differences().stream())
                .noneMatch(difference -> difference.why().isBlank()));
    }

    private void assertParity(ParityCase given, Function<ProxyUnderTest, RawClient> connect) {
        Sighting ours = sighting(given, upstream -> AssembledProxy.inFrontOf(upstream, identity), connect);
        Sighting nginx = sighting(given, upstream -> NginxFront.inFrontOf(upstream, identity, prefix), connect);
        Set<String> listed = new TreeSet<>();
        given.differences().forEach(difference -> listed.add(difference.aspect()));
        assertEquals(
                listed,
                new TreeSet<>(ours.differencesFrom(nginx)),
                () -> "differences of '" + given.name() + "' (listed, then found): ours " + ours + ", nginx " + nginx);
    }

    private static Sighting sighting(
            ParityCase given,
            Function<InetSocketAddress, ProxyUnderTest> front,
            Function<ProxyUnderTest, RawClient> connect) {
        String method = given.raw().strip().split(" ", 2)[0];
        try (ScriptedUpstream upstream = ScriptedUpstream.answering(NOTHING_TO_SAY);
                ProxyUnderTest proxy = front.apply(upstream.address());
                RawClient client = connect.apply(proxy)) {
            client.send(given.raw()).reply(method);
            return Sighting.of(upstream.requests());
        }
    }
}
