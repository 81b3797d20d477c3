package io.planeproxy.server.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ValuesTest {
    private static final int TRIES = 3_000;

    @ParameterizedTest
    @CsvSource({
        "10M, 10485760",
        "10m, 10485760",
        "1k, 1024",
        "10MiB, 10485760",
        "1G, 1073741824",
        "0, 0",
        "1536, 1536",
        "7b, 7",
        "64 K, 65536",
        "2Gi, 2147483648"
    })
    void sizesCountAsNginxCounts(String text, long bytes) throws Unreadable {
        assertEquals(new ByteSize(bytes), ByteSize.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "M", "-1", "1.5M", "10MB", "10kB", "10T", "0x10", "1 0", "9999999999999", "unlimited"})
    void whatIsNoSizeIsRefused(String text) {
        assertThrows(Unreadable.class, () -> ByteSize.parse(text));
    }

    @ParameterizedTest
    @CsvSource({"10, 10M, 10B", "1, 1M, 1B", "65535, 65535M, 65535B", "1024, 1024M, 1K"})
    void aSmallBodyLimitWithoutAUnitIsRefusedWithWhatToWrite(String text, String likely, String literal)
            throws Unreadable {
        Unreadable refused = assertThrows(Unreadable.class, () -> BodyLimit.parse(text));
        assertEquals("a size with its unit", refused.expected());
        assertEquals("write for example " + likely + ", or " + literal + " where bytes are meant", refused.advice());
        assertEquals(new BodyLimit.Limited(ByteSize.parse(likely)), BodyLimit.parse(likely));
        assertEquals(new BodyLimit.Limited(ByteSize.parse(text)), BodyLimit.parse(literal));
    }

    @ParameterizedTest
    @CsvSource({"65536, 64K", "5242880, 5M", "65537, 65537B"})
    void aBodyLimitInBytesNeedsNoUnitWhereItIsLarge(String text, String limit) throws Unreadable {
        assertEquals(limit, BodyLimit.parse(text).toString());
    }

    @Test
    void everySizeIsReadBackAsItIsWritten() throws Unreadable {
        RandomGenerator random = new Random(1);
        for (int i = 0; i < TRIES; i++) {
            ByteSize size = new ByteSize(random.nextLong(1L << random.nextInt(1, 39)));
            assertEquals(size, ByteSize.parse(size.toString()));
        }
    }

    @ParameterizedTest
    @CsvSource({"1500ms, 1500", "10s, 10000", "1h, 3600000", "5 minutes, 300000", "1d, 86400000"})
    void durationsAreReadWithTheirUnit(String text, long millis) throws Unreadable {
        assertEquals(Duration.ofMillis(millis), Durations.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "0s", "-1s", "1.5s", "1y", "366d", "99999999999d", "", "s"})
    void whatIsNoDurationIsRefused(String text) {
        assertThrows(Unreadable.class, () -> Durations.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "http://10.0.0.5:8080, http://10.0.0.5:8080",
        "http://plane_proxy-1/, http://plane_proxy-1:80",
        "HTTPS://Plane.Example., https://Plane.Example.:443",
        "http://[::1]:1, http://[::1]:1"
    })
    void upstreamsAreReadWithTheirStandardPort(String text, String whole) throws Unreadable {
        assertEquals(whole, UpstreamUrl.parse(text).toString());
        assertEquals(whole, UpstreamUrl.parse(whole).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0.5",
                "http:/x",
                "http://",
                "http://:80",
                "http://x:",
                "http://x:0",
                "http://x:65536",
                "http://x/y",
                "http://x?y",
                "http://u@x",
                "http://1.2.3",
                "http://1.2.3.256",
                "http://::1",
                "http://[::1",
                "http://[x]",
                "http://a b",
                "http://-x",
                "http://x..y",
                "ws://x",
                "http://x\r\ny"
            })
    void whatIsNoUpstreamIsRefused(String text) {
        assertThrows(Unreadable.class, () -> UpstreamUrl.parse(text));
    }

    @Test
    void aRangeIsReadFromItsFirstAddressAndFromNoOther() throws Exception {
        RandomGenerator random = new Random(2);
        for (int i = 0; i < TRIES; i++) {
            byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
            random.nextBytes(bytes);
            bytes[0] = (byte) 0x20;
            InetAddress address = InetAddress.getByAddress(bytes);
            int length = random.nextInt(bytes.length * 8 + 1);
            byte[] first = bytes.clone();
            for (int bit = length; bit < bytes.length * 8; bit++) {
                first[bit / 8] &= (byte) ~(0x80 >> bit % 8);
            }
            Cidr expected = new Cidr(InetAddress.getByAddress(first), length);
            assertEquals(expected, Cidr.parse(expected.toString()));
            if (!expected.network().equals(address)) {
                String other = address.getHostAddress() + "/" + length;
                assertTrue(assertThrows(Unreadable.class, () -> Cidr.parse(other))
                        .advice()
                        .contains(expected.toString()));
                assertThrows(IllegalArgumentException.class, () -> new Cidr(address, length));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0/8",
                "010.0.0.0/8",
                "::/129",
                "localhost",
                "::1%lo",
                "10.0.0.0/-1"
            })
    void whatIsNoRangeIsRefused(String text) {
        assertThrows(Unreadable.class, () -> Cidr.parse(text));
    }

    @ParameterizedTest
    @CsvSource({"/, /", "/live, /live", "/live/, /live", "/a/b.c/, /a/b.c", "/...a, /...a"})
    void aSlashAtTheEndOfARouteMakesNoDifference(String text, String path) throws Unreadable {
        assertEquals(new RoutePath(path), RoutePath.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "live", "//", "/a//b", "/.", "/a/../b", "/a/..", "/a?b", "/a%20", "/a*", "/a b", "/a\n"})
    void whatIsNoStartOfAPathIsRefused(String text) {
        assertThrows(Unreadable.class, () -> RoutePath.parse(text));
        assertThrows(IllegalArgumentException.class, () -> new RoutePath(text));
    }

    @Test
    void noTextMakesAFormFailInAnotherWayThanRefusing() {
        String alphabet = "0129azMKs:/[].%,-_ @*?{}$é\u0000\n";
        List<String> starts = List.of("", "http://", "10.", "::", "/", "[", "10.0.0.0/", "9999999999");
        List<Form<?>> forms = List.of(
                ByteSize::parse,
                BodyLimit::parse,
                Durations::parse,
                UpstreamUrl::parse,
                Cidr::parse,
                RoutePath::parse,
                Port::parse,
                Port::parseForListener,
                ListenAddress::parseHost,
                Upgrades::parseProtocol,
                Switches::parse,
                Numbers.between(0, 10),
                Amount.upTo(10),
                AccessLogFormat::parse);
        RandomGenerator random = new Random(3);
        int refused = 0;
        for (int i = 0; i < TRIES; i++) {
            StringBuilder text = new StringBuilder(starts.get(random.nextInt(starts.size())));
            for (int length = random.nextInt(8); length > 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            for (Form<?> form : forms) {
                try {
                    form.parse(text.toString());
                } catch (Unreadable e) {
                    refused++;
                    assertFalse(e.expected().isEmpty());
                }
            }
        }
        assertTrue(refused > 0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "$statsu      | no $statsu in it; the nearest known one is $status",
                "${http_referrer} | no $http_referrer in it; the nearest known one is $http_referer",
                "100$         | a variable behind each $; known are $remote_addr, $remote_user, ",
                "${status     | a variable behind each $; known are $remote_addr, $remote_user, ",
                "common       | plain, combined, json, off, or a pattern; write for example \"$remote_addr $status $request_time\"",
                "~$status\n$host~ | a pattern of one line; remove the line ends and other control characters"
            })
    void whatIsNoFormatOfTheAccessLogIsRefused(String text, String sentence) {
        Unreadable refused = assertThrows(Unreadable.class, () -> AccessLogFormat.parse(text));
        assertTrue((refused.expected() + "; " + refused.advice()).startsWith(sentence.strip()), refused::toString);
    }

    @Test
    void theNearestWordIsFoundWithOneLetterWrong() {
        List<String> words =
                new ArrayList<>(List.of("max-body", "upstream", "listeners", "routes", "timeouts", "event-loops"));
        RandomGenerator random = new Random(4);
        for (int i = 0; i < TRIES; i++) {
            String word = words.get(random.nextInt(words.size()));
            int at = random.nextInt(word.length());
            String wrong = switch (random.nextInt(3)) {
                case 0 -> word.substring(0, at) + word.substring(at + 1);
                case 1 -> word.substring(0, at) + "x" + word.substring(at);
                default -> word.substring(0, at) + "x" + word.substring(at + 1);
            };
            assertEquals(Optional.of(word), Nearest.to(wrong, words), wrong);
        }
        assertEquals(Optional.empty(), Nearest.to("certificate", words));
        assertEquals(Optional.of("max-body"), Nearest.to("MAX_BODY", words));
    }

    @Test
    void aSecretIsNeverShown() throws Unreadable {
        Secret secret = Secret.parse("xyzzy");
        assertFalse(new Passphrase.Given(new Located<>(secret, new Origin.Nowhere(), "k"))
                .toString()
                .contains("xyzzy"));
        assertEquals("xyzzy", new String(secret.reveal()));
    }
}
