package io.planeproxy.core.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.core.kit.Heads;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever a stranger sends, the parsers give an answer, and the answer can be shown. */
final class ParsingPropertiesTest {
    private static final String SECRET = "s3cr3t";
    private static final List<byte[]> REQUESTS = List.of(
            Heads.octets("GET /a/b%20c?d HTTP/1.1", "Host: plane.example:8443", "Accept: */*", "Cookie: " + SECRET),
            Heads.octets("POST http://a/x HTTP/1.1", "Host: a", "Content-Length: 5", "Authorization: Bearer " + SECRET),
            Heads.octets(
                    "PUT /x HTTP/1.1",
                    "Host: [::1]:80",
                    "Transfer-Encoding: chunked",
                    "Expect: 100-continue",
                    "Cookie: " + SECRET),
            Heads.octets(
                    "GET /l HTTP/1.1",
                    "Host: a",
                    "Connection: keep-alive, Upgrade",
                    "Upgrade: websocket",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                    "Cookie: a=" + SECRET));
    private static final List<byte[]> REPLIES = List.of(
            Heads.octets("HTTP/1.1 200 OK", "Content-Length: 5", "Set-Cookie: a=" + SECRET),
            Heads.octets("HTTP/1.1 204", "Connection: close"),
            Heads.octets("HTTP/1.1 200 ", "Transfer-Encoding: chunked", "Set-Cookie: " + SECRET, "Set-Cookie: b"),
            Heads.octets(
                    "HTTP/1.1 101 Switching",
                    "Connection: Upgrade",
                    "Upgrade: websocket",
                    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
    private static final Intent SOCKET = new Intent.Upgrade("websocket", Optional.of("dGhlIHNhbXBsZSBub25jZQ=="));

    @Property(tries = 3000)
    void anyBytesAreARequestOrToldMalformed(@ForAll @From("bytes") byte[] bytes, @ForAll Scheme scheme) {
        byte[] head = terminated(bytes);
        if (RequestHead.parse(head, scheme) instanceof Malformed malformed) {
            assertShowable(malformed);
        }
    }

    @Property(tries = 3000)
    void anyBytesAreAReplyOrToldMalformed(@ForAll @From("bytes") byte[] bytes) {
        if (ReplyHead.parse(terminated(bytes), Method.GET, SOCKET) instanceof Malformed malformed) {
            assertShowable(malformed);
            assertEquals(502, malformed.cause().status());
        }
    }

    @Property(tries = 3000)
    void anyBytesAreTrailersOrToldMalformed(@ForAll @From("bytes") byte[] bytes) {
        byte[] lines = Arrays.copyOf(bytes, bytes.length + 2);
        lines[bytes.length] = '\r';
        lines[bytes.length + 1] = '\n';
        if (TrailerFields.parse(lines) instanceof Malformed malformed) {
            assertShowable(malformed);
        }
    }

    @Property(tries = 6000)
    void aMutatedRequestKeepsTheLawsOrIsToldMalformed(
            @ForAll long seed,
            @ForAll @IntRange(min = 0, max = 3) int which,
            @ForAll @IntRange(min = 1, max = 3) int changes) {
        byte[] head = mutated(REQUESTS.get(which), seed, changes);
        switch (RequestHead.parse(head, Scheme.HTTP)) {
            case Malformed malformed -> assertShowable(malformed);
            case RequestHead request -> {
                assertEquals(
                        request.version() == HttpVersion.HTTP_1_1
                                ? 1
                                : request.fields().count(KnownField.HOST),
                        request.fields().count(KnownField.HOST));
                assertTrue(request.target().raw().chars().allMatch(c -> c > 0x20 && c < 0x7f));
                assertFalse(request.body() instanceof BodyLength.UntilClose);
                assertFalse(request.fields().contains(KnownField.CONTENT_LENGTH)
                        && request.fields().contains(KnownField.TRANSFER_ENCODING));
                assertClean(request.fields());
            }
        }
    }

    @Property(tries = 6000)
    void aMutatedReplyKeepsTheLawsOrIsToldMalformed(
            @ForAll long seed,
            @ForAll @IntRange(min = 0, max = 3) int which,
            @ForAll @IntRange(min = 1, max = 3) int changes) {
        byte[] head = mutated(REPLIES.get(which), seed, changes);
        switch (ReplyHead.parse(head, Method.GET, SOCKET)) {
            case Malformed malformed -> assertShowable(malformed);
            case ReplyHead reply -> {
                assertTrue(reply.status() >= 100 && reply.status() <= 599);
                assertTrue(reply.kind() != ReplyHead.Kind.SWITCH
                        || reply.fields()
                                .first(KnownField.UPGRADE)
                                .orElse("")
                                .toLowerCase(Locale.ROOT)
                                .equals("websocket"));
                assertClean(reply.fields());
            }
        }
    }

    private static void assertClean(Fields fields) {
        for (int line = 0; line < fields.size(); line++) {
            assertTrue(Octets.isToken(fields.name(line)));
            String value = fields.value(line);
            assertEquals(value.strip(), value.replaceAll("^[ \t]+|[ \t]+$", "").strip());
            assertTrue(value.chars().allMatch(c -> c == '\t' || c >= 0x20 && c != 0x7f), value);
        }
    }

    private static void assertShowable(Malformed malformed) {
        assertTrue(malformed.seen().chars().allMatch(c -> c >= 0x20 && c < 0x7f || c == '…'), malformed.seen());
        assertTrue(malformed.seen().length() <= 4 * 80 + 1);
    }

    /** The whole head, unlike a mutated value, stays known: only the line of a secret is spoilt. */
    @Property(tries = 2000)
    void aSpoiltSecretIsNotShown(
            @ForAll @IntRange(min = 0, max = 255) int octet, @ForAll @IntRange(min = 0, max = 8) int at) {
        String line = "Cookie: " + SECRET;
        int place = line.length() - Math.min(at, line.length());
        String spoilt = line.substring(0, place) + (char) octet + line.substring(place);
        byte[] head = Heads.octets("GET / HTTP/1.1", "Host: a", spoilt);
        if (RequestHead.parse(head, Scheme.HTTP) instanceof Malformed malformed) {
            assertFalse(malformed.seen().contains("s3c"), malformed.seen());
            assertFalse(malformed.seen().contains("3t"), malformed.seen());
        }
    }

    private static byte[] mutated(byte[] head, long seed, int changes) {
        Random random = new Random(seed);
        String text = new String(head, 0, head.length - 4, StandardCharsets.ISO_8859_1);
        String interesting = "\r\n\t :,;/\\%.0159aA-_\u0000\u007f\u0080\u00ff";
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(text.length());
            String put = String.valueOf(interesting.charAt(random.nextInt(interesting.length())));
            text = switch (random.nextInt(4)) {
                case 0 -> text.substring(0, at) + text.substring(at + 1);
                case 1 -> text.substring(0, at) + put + text.substring(at);
                case 2 -> text.substring(0, at) + put + text.substring(at + 1);
                default -> text.substring(0, at) + text.substring(Math.max(0, at - 20));
            };
            text = text.isEmpty() ? "x" : text;
        }
        return terminated(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] terminated(byte[] bytes) {
        byte[] head = Arrays.copyOf(bytes, bytes.length + 4);
        System.arraycopy(new byte[] {'\r', '\n', '\r', '\n'}, 0, head, bytes.length, 4);
        return head;
    }

    @Provide
    Arbitrary<byte[]> bytes() {
        Arbitrary<Byte> any = Arbitraries.bytes();
        Arbitrary<Byte> telling = Arbitraries.of('\r', '\n', ' ', '\t', ':', '/', 'A', 'H', '1', '.', ',')
                .map(c -> (byte) c.charValue());
        return Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(1, any), net.jqwik.api.Tuple.of(2, telling))
                .array(byte[].class)
                .ofMaxSize(60);
    }
}
