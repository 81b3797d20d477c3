package io.planeproxy.core.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.core.http.IpLiterals;
import io.planeproxy.core.http.Scheme;
import io.planeproxy.core.kit.Heads;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who asks: from the connection at the edge, from the chain behind a trusted proxy. */
final class ForwardedIdentityTest {
    private static final TrustedProxies TRUSTED = new TrustedProxies(List.of(
            Cidr.parse("10.0.0.0/8").orElseThrow(), Cidr.parse("fd00::/8").orElseThrow()));
    private static final RequestId ID = new RequestId("id-1");

    @Test
    void atTheEdgeTheClientCanNotChooseWhoItIs() {
        ForwardedIdentity identity = of(
                "192.0.2.7",
                "X-Forwarded-For: 6.6.6.6",
                "X-Forwarded-Proto: https",
                "X-Forwarded-Host: evil",
                "X-Forwarded-Port: 1",
                "X-Real-IP: 6.6.6.6");
        assertEquals(
                new ForwardedIdentity("192.0.2.7", "192.0.2.7", "http", Optional.of("plane:8080"), "8080", ID),
                identity);
    }

    @Test
    void behindATrustedProxyItsWordIsKeptAndItsAddressAppended() {
        ForwardedIdentity identity = of(
                "10.0.0.1",
                "X-Forwarded-For: 198.51.100.9",
                "X-Forwarded-Proto: https",
                "X-Forwarded-Host: plane.example",
                "X-Forwarded-Port: 8443");
        assertEquals(
                new ForwardedIdentity(
                        "198.51.100.9", "198.51.100.9, 10.0.0.1", "https", Optional.of("plane.example"), "8443", ID),
                identity);
    }

    @Test
    void aTrustedProxyThatSaysNothingIsTheClient() {
        assertEquals(
                new ForwardedIdentity("10.0.0.1", "10.0.0.1", "http", Optional.of("plane:8080"), "8080", ID),
                of("10.0.0.1"));
        assertEquals("10.0.0.1", of("10.0.0.1", "X-Forwarded-For:").chain());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "198.51.100.9 | 198.51.100.9",
                "6.6.6.6, 198.51.100.9 | 198.51.100.9",
                "6.6.6.6,198.51.100.9,10.1.1.1 | 198.51.100.9",
                "10.3.3.3, 10.2.2.2 | 10.3.3.3",
                "2001:db8::1, fd00::1 | 2001:db8::1",
                "198.51.100.9, unknown | 10.0.0.1",
                "198.51.100.9, 10.1.1.1:80 | 10.0.0.1",
                "198.51.100.9, | 10.0.0.1",
                "evil.example, 10.1.1.1 | 10.1.1.1",
                "010.1.1.1 | 10.0.0.1"
            })
    void theClientIsTheLastOneThatNoTrustedProxyIs(String chain, String client) {
        assertEquals(client, of("10.0.0.1", "X-Forwarded-For: " + chain).client());
    }

    @Test
    void severalLinesAreOneChain() {
        ForwardedIdentity identity = of("10.0.0.1", "X-Forwarded-For: 1.1.1.1, 2.2.2.2", "x-forwarded-for: 3.3.3.3");
        assertEquals("1.1.1.1, 2.2.2.2, 3.3.3.3, 10.0.0.1", identity.chain());
        assertEquals("3.3.3.3", identity.client());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTPS", "https,http", "wss", "https "})
    void theSchemeIsExactlyOneOfTwo(String said) {
        String expected = said.strip().equals("https") ? "https" : "http";
        assertEquals(expected, of("10.0.0.1", "X-Forwarded-Proto: " + said).scheme());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-1", "0", "65536", "99999", "100000", "80, 81", "8 0"})
    void aPortThatIsNoneIsReplaced(String said) {
        assertEquals("8080", of("10.0.0.1", "X-Forwarded-Port: " + said).port());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a@b", "a, b", "[::1"})
    void aHostThatIsNoneIsReplaced(String said) {
        assertEquals(
                Optional.of("plane:8080"),
                of("10.0.0.1", "X-Forwarded-Host: " + said).host());
    }

    @Test
    void withoutAPortTheSchemesOwnIsMeant() {
        assertEquals(
                "443",
                of("10.0.0.1", "X-Forwarded-Host: plane.example", "X-Forwarded-Proto: https")
                        .port());
        assertEquals("80", of("10.0.0.1", "X-Forwarded-Host: plane.example").port());
    }

    @Test
    void theZoneOfAPeerIsNotTold() throws UnknownHostException {
        InetAddress peer = java.net.Inet6Address.getByAddress(
                "", IpLiterals.parse("fe80::1").orElseThrow().getAddress(), 3);
        assertEquals(
                "fe80:0:0:0:0:0:0:1",
                ClientFacts.of(peer, Scheme.HTTP, 80, TrustedProxies.NONE).peerText());
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.1.2.3/8, 10.9.9.9, true",
        "10.0.0.1, 10.0.0.1, true",
        "10.0.0.1, 10.0.0.2, false",
        "0.0.0.0/0, 1.2.3.4, true",
        "0.0.0.0/0, ::1, false",
        "::/0, 1.2.3.4, false",
        "::/0, ::1, true",
        "192.168.1.128/25, 192.168.1.127, false",
        "192.168.1.128/25, 192.168.1.128, true",
        "10.0.0.0/31, 10.0.0.1, true",
        "10.0.0.0/32, 10.0.0.1, false",
        "2001:db8::/33, 2001:db8:7fff::, true",
        "2001:db8::/33, 2001:db8:8000::, false",
        "127.0.0.0/8, 127.1.2.3, true",
        "200.0.0.0/7, 201.0.0.1, true",
        "200.0.0.0/7, 202.0.0.1, false"
    })
    void aRangeHoldsWhatItsPrefixSays(String range, String address, boolean holds) {
        Cidr cidr = Cidr.parse(range).orElseThrow();
        assertEquals(holds, cidr.contains(IpLiterals.parse(address).orElseThrow()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/8",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/+8",
                "10.0.0.0/8/8",
                "10.0.0.0/ 8",
                "10.0.0/8",
                "10.0.0.256",
                "010.0.0.1",
                "::/129",
                "::1%eth0",
                "[::1]",
                "localhost",
                "10.0.0.0/999",
                "10.0.0.0/1000",
                "1.2.3.4.5",
                "0x7f000001",
                "2130706433"
            })
    void whatIsNoRangeIsNone(String text) {
        assertTrue(Cidr.parse(text).isEmpty());
    }

    @Property
    void aRangeIsItsFirstBits(
            @ForAll @Size(4) byte[] network,
            @ForAll @Size(4) byte[] address,
            @ForAll @IntRange(min = 0, max = 32) int bits)
            throws UnknownHostException {
        InetAddress there = InetAddress.getByAddress(network);
        Cidr cidr = Cidr.parse(there.getHostAddress() + "/" + bits).orElseThrow();
        assertTrue(cidr.contains(there));
        byte[] near = address.clone();
        System.arraycopy(network, 0, near, 0, bits / 8);
        for (byte[] other : List.of(address, near)) {
            boolean same = new BigInteger(1, network)
                    .shiftRight(32 - bits)
                    .equals(new BigInteger(1, other).shiftRight(32 - bits));
            assertEquals(same, cidr.contains(InetAddress.getByAddress(other)), Arrays.toString(other));
        }
    }

    @Property
    void everyAddressIsReadBackAsItself(@ForAll @Size(16) byte[] six, @ForAll @Size(4) byte[] four)
            throws UnknownHostException {
        for (byte[] bytes : List.of(six, four)) {
            InetAddress address = InetAddress.getByAddress(bytes);
            assertEquals(Optional.of(address), IpLiterals.parse(address.getHostAddress()));
        }
    }

    @Test
    void nobodyIsTrustedUnlessNamed() {
        assertFalse(TrustedProxies.NONE.trust(IpLiterals.parse("127.0.0.1").orElseThrow()));
        assertTrue(TRUSTED.trust(IpLiterals.parse("fd00::7").orElseThrow()));
    }

    private static ForwardedIdentity of(String peer, String... fields) {
        List<String> lines = new ArrayList<>(List.of("GET / HTTP/1.1", "Host: plane:8080"));
        lines.addAll(List.of(fields));
        ClientFacts facts = ClientFacts.of(IpLiterals.parse(peer).orElseThrow(), Scheme.HTTP, 80, TRUSTED);
        return ForwardedIdentity.of(Heads.request(lines.toArray(new String[0])), facts, TRUSTED, ID);
    }
}
