package io.planeproxy.core.h1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.planeproxy.core.cause.Cause;
import io.planeproxy.core.h1.BodyDecoder.Piece;
import io.planeproxy.core.http.BodyLength;
import io.planeproxy.core.http.FieldBlock;
import io.planeproxy.core.http.Malformed;
import io.planeproxy.core.kit.Cuts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies taken out of a connection's bytes: the same however they are cut, and never a byte too many. */
final class BodyDecodersTest {

    static Stream<Arguments> wholeBodies() {
        return Stream.of(
                arguments("0\r\n\r\n", "", ""),
                arguments("5\r\nhello\r\n0\r\n\r\n", "hello", ""),
                arguments("1\r\na\r\n2\r\nbc\r\n0\r\n\r\n", "abc", ""),
                arguments("5;a=\"b;c\"\r\nhello\r\n0\r\n\r\n", "hello", ""),
                arguments("5 ; a = b ;c\r\nhello\r\n0;x\r\n\r\n", "hello", ""),
                arguments("5;a=\"\\\"\\\\\"\r\nhello\r\n0\r\n\r\n", "hello", ""),
                arguments("0000000000000005\r\nhello\r\n00\r\n\r\n", "hello", ""),
                arguments("A\r\n0123456789\r\na\r\n0123456789\r\n0\r\n\r\n", "01234567890123456789", ""),
                arguments("2\r\n\r\n\r\n0\r\n\r\n", "\r\n", ""),
                arguments("0\r\nServer-Timing: t\r\n\r\n", "", "Server-Timing: t\r\n"),
                arguments("1\r\nx\r\n0\r\nContent-Length: 50\r\nX: y\r\n\r\n", "x", "X: y\r\n"),
                arguments("0\r\nX-Forwarded-For: 6.6.6.6\r\nAuthorization: x\r\n\r\n", "", ""));
    }

    @ParameterizedTest
    @MethodSource("wholeBodies")
    void aChunkedBodyIsTheSameInEveryCut(String sent, String data, String trailers) {
        byte[] bytes = (sent + "GET /next").getBytes(StandardCharsets.ISO_8859_1);
        Result expected = new Result(data, "end " + trailers, "GET /next");
        assertEquals(expected, decode(BodyDecodersTest::chunked, List.of(bytes)));
        for (int size = 1; size < bytes.length; size++) {
            assertEquals(expected, decode(BodyDecodersTest::chunked, Cuts.every(size, bytes)), "every " + size);
        }
        for (int cut = 0; cut <= bytes.length; cut++) {
            assertEquals(expected, decode(BodyDecodersTest::chunked, Cuts.before(bytes, cut)), "cut before " + cut);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+5\r\nhello",
                " 5\r\nhello",
                "5 \r\nhello",
                "5\t\r\nhello",
                "0_5\r\nhello",
                "0x5\r\nhello",
                "-1\r\n",
                "g\r\n",
                "\r\n",
                ";a\r\n",
                "5;\r\nhello",
                "5;;a\r\nhello",
                "5;a=\r\nhello",
                "5;a=b c\r\nhello",
                "5;=b\r\nhello",
                "5;a=\"\r\nhello",
                "5;a=\"b\"c\r\nhello",
                "5;a\u0000\r\nhello",
                "5;a=\"\u0000\"\r\nhello",
                "5;a=\"\\\r\n\"\r\n",
                "5;a=\"\n\"\r\nhello",
                "5;\nhello",
                "5\nhello",
                "5\rhello\r\n",
                "5 5\r\nhello",
                "5,5\r\nhello",
                "10000000000000005\r\nhello",
                "00000000000000005\r\nhello",
                "ffffffffffffffff\r\n",
                "8000000000000000\r\n",
                "5\r\nhello\n0\r\n\r\n",
                "5\r\nhello0\r\n\r\n",
                "5\r\nhelloXX0\r\n\r\n",
                "5\r\nhello\r0\r\n\r\n",
                "5\r\nhello\r\r\n0\r\n\r\n",
                "0\r\n\rX",
                "0\r\n X: y\r\n\r\n",
                "0\r\nX : y\r\n\r\n",
                "0\r\nX\r\n\r\n",
                "0\r\nX: y\r\n z\r\n\r\n",
                "0\r\nX: y\n\r\n",
                "0\r\nX: a\u0000\r\n\r\n",
                "0\r\nX: y\r\n\n",
                "0\n\r\n",
                "0\r\n: y\r\n\r\n"
            })
    void anythingElseIsBadInEveryCut(String sent) {
        byte[] bytes = sent.getBytes(StandardCharsets.ISO_8859_1);
        assertEquals("bad", decode(BodyDecodersTest::chunked, List.of(bytes)).end());
        assertEquals(
                "bad", decode(BodyDecodersTest::chunked, Cuts.every(1, bytes)).end());
        for (int cut = 0; cut <= bytes.length; cut++) {
            assertEquals(
                    "bad",
                    decode(BodyDecodersTest::chunked, Cuts.before(bytes, cut)).end(),
                    "cut before " + cut);
        }
    }

    /** No byte more is needed to tell: a decoder that waits here leaves the client waiting. */
    @ParameterizedTest
    @ValueSource(
            strings = {"0\r\n\n", "5\r\nhello\r\n0\r\n\n", "0\r\n\u0000", "0\r\n ", "x", "5\r\nhelloX", "0\r\n\rX"})
    void aBadByteIsToldAtOnce(String sent) {
        byte[] bytes = sent.getBytes(StandardCharsets.ISO_8859_1);
        assertEquals("bad", decode(BodyDecodersTest::chunked, List.of(bytes)).end());
        assertEquals(
                "bad", decode(BodyDecodersTest::chunked, Cuts.every(1, bytes)).end());
    }

    @Test
    void aSizeLineHasAnEnd() {
        String fits = "5;a=" + "b".repeat(256 - 6) + "\r\n";
        assertEquals(256, fits.length());
        for (int size : List.of(1, 7, 10_000)) {
            List<byte[]> whole = Cuts.every(size, (fits + "hello\r\n0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            assertEquals("hello", decode(BodyDecodersTest::chunked, whole).data());
            List<byte[]> over = Cuts.every(size, ("5;aa=" + fits.substring(4)).getBytes(StandardCharsets.US_ASCII));
            assertEquals("bad", decode(BodyDecodersTest::chunked, over).end());
            List<byte[]> endless = Cuts.every(size, ("5;a=" + "b".repeat(252)).getBytes(StandardCharsets.US_ASCII));
            assertEquals("bad", decode(BodyDecodersTest::chunked, endless).end());
        }
    }

    @Test
    void trailersHaveTheLimitsOfAHead() {
        Supplier<BodyDecoder> small = () -> new ChunkedDecoder(new HeadLimits(10, 20, 3));
        for (int size : List.of(1, 3, 10_000)) {
            assertEquals(
                    "end a: b\r\n",
                    decode(small, Cuts.every(size, octets("0\r\na: b\r\n\r\n"))).end());
            assertEquals(
                    "bad",
                    decode(small, Cuts.every(size, octets("0\r\na: " + "b".repeat(30))))
                            .end());
            assertEquals(
                    "bad",
                    decode(small, Cuts.every(size, octets("0\r\n" + "a: b\r\n".repeat(5) + "\r\n")))
                            .end());
        }
    }

    @Test
    void aThousandSmallChunksOfOneReadAreOnePiece() {
        ByteBuf in = Unpooled.copiedBuffer("1\r\na\r\n".repeat(1000) + "0\r\n\r\n", StandardCharsets.US_ASCII);
        BodyDecoder decoder = chunked();
        Piece.Data piece = (Piece.Data) decoder.decode(in);
        assertEquals("a".repeat(1000), piece.data().toString(StandardCharsets.US_ASCII));
        assertTrue(piece.data().capacity() <= 6005, piece.data().capacity() + " bytes for 1000");
        assertEquals(Piece.END, decoder.decode(in));
        assertEquals(Piece.END, decoder.decode(in));
        piece.data().release();
        in.release();
        assertEquals(0, in.refCnt());
        assertEquals(0, piece.data().refCnt());
    }

    @Property
    void anyChunksInAnyCutAreTheirData(@ForAll long seed, @ForAll @IntRange(min = 0, max = 30) int chunks) {
        Random random = new Random(seed);
        StringBuilder sent = new StringBuilder();
        StringBuilder data = new StringBuilder();
        for (int i = 0; i < chunks; i++) {
            String chunk = text(random, 1 + random.nextInt(40));
            sent.append(Integer.toHexString(chunk.length()))
                    .append(random.nextInt(4) == 0 ? ";x=\"y\"" : "")
                    .append("\r\n");
            sent.append(chunk).append("\r\n");
            data.append(chunk);
        }
        byte[] bytes = octets(sent + "0\r\n\r\nrest");
        Result expected = new Result(data.toString(), "end ", "rest");
        assertEquals(expected, decode(BodyDecodersTest::chunked, List.of(bytes)));
        assertEquals(expected, decode(BodyDecodersTest::chunked, Cuts.random(seed, 1 + random.nextInt(50), bytes)));
    }

    @Property(tries = 3000)
    void nonsenseHasTheSameEndInEveryCutAndLosesNoBuffer(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int length) {
        Random random = new Random(seed);
        String[] words = {"0", "1", "5", "\r\n", "\r\n", "\r", "\n", "a", ";", "=", "\"", " ", "hello", ":", "\u0000"};
        StringBuilder sent = new StringBuilder();
        while (sent.length() < length) {
            sent.append(words[random.nextInt(words.length)]);
        }
        byte[] bytes = octets(sent.toString());
        Result whole = decode(BodyDecodersTest::chunked, List.of(bytes));
        for (List<byte[]> cuts : List.of(Cuts.every(1, bytes), Cuts.random(seed, 7, bytes))) {
            Result cut = decode(BodyDecodersTest::chunked, cuts);
            assertEquals(whole.end(), cut.end());
            if (whole.end().equals("bad")) {
                assertTrue(cut.data().startsWith(whole.data()), "what came before the fault may have passed");
            } else {
                assertEquals(whole.data(), cut.data());
            }
        }
    }

    @Property
    void aFixedBodyTakesItsBytesAndNotOneMore(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 200) int length,
            @ForAll @IntRange(min = 1, max = 60) int largest) {
        String text = text(new Random(seed), length);
        Supplier<BodyDecoder> fixed = () -> new FixedDecoder(length);
        byte[] bytes = octets(text + "next");
        assertEquals(new Result(text, "end ", "next"), decode(fixed, Cuts.random(seed, largest, bytes)));
        byte[] less = octets(text.substring(1));
        assertEquals(new Result(text.substring(1), "more", ""), decode(fixed, Cuts.random(seed, largest, less)));
    }

    @Test
    void aBodyThatEndsByCloseTakesAll() {
        assertEquals(
                new Result("abc\r\n", "more", ""), decode(UntilCloseDecoder::new, Cuts.every(2, octets("abc\r\n"))));
    }

    @Test
    void onlyABodyWithoutLengthMayEndByClose() {
        assertTrue(BodyDecoder.of(BodyLength.UNTIL_CLOSE, HeadLimits.DEFAULT).mayEndByClose());
        assertFalse(BodyDecoder.of(BodyLength.CHUNKED, HeadLimits.DEFAULT).mayEndByClose());
        assertFalse(BodyDecoder.of(BodyLength.NONE, HeadLimits.DEFAULT).mayEndByClose());
        assertFalse(BodyDecoder.of(new BodyLength.Fixed(1), HeadLimits.DEFAULT).mayEndByClose());
    }

    @Test
    void noBodyIsOverBeforeItBegins() {
        for (BodyLength length : List.of(BodyLength.NONE, new BodyLength.Fixed(0))) {
            assertEquals(
                    new Result("", "end ", "GET"),
                    decode(() -> BodyDecoder.of(length, HeadLimits.DEFAULT), List.of(octets("GET"))));
        }
    }

    private static BodyDecoder chunked() {
        return new ChunkedDecoder(HeadLimits.DEFAULT);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String text(Random random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append("ab0\r\n;".charAt(random.nextInt(6)));
        }
        return text.toString();
    }

    record Result(String data, String end, String left) {}

    /** Feeds the pieces as a connection does; fails if the decoder keeps a buffer or holds back more than a line. */
    private static Result decode(Supplier<BodyDecoder> decoders, List<byte[]> pieces) {
        BodyDecoder decoder = decoders.get();
        ByteBuf in = Unpooled.buffer();
        List<ByteBuf> given = new ArrayList<>();
        StringBuilder data = new StringBuilder();
        String end = "more";
        for (byte[] piece : pieces) {
            in.writeBytes(piece);
            while (end.equals("more")) {
                Piece next = decoder.decode(in);
                if (next instanceof Piece.NeedMore) {
                    break;
                }
                end = switch (next) {
                    case Piece.NeedMore more -> throw new AssertionError("handled above");
                    case Piece.Data(ByteBuf bytes) -> {
                        assertTrue(bytes.isReadable(), "a piece has a byte");
                        data.append(bytes.toString(StandardCharsets.ISO_8859_1));
                        given.add(bytes);
                        yield "more";
                    }
                    case Piece.End(FieldBlock trailers) -> "end " + trailers.text();
                    case Piece.Bad(Malformed malformed) -> {
                        assertEquals(Cause.MALFORMED_CHUNK, malformed.cause());
                        yield "bad";
                    }
                };
            }
        }
        String left = ByteBufUtil.getBytes(in).length == 0 ? "" : in.toString(StandardCharsets.ISO_8859_1);
        given.forEach(ByteBuf::release);
        assertEquals(1, in.refCnt(), "only the connection still holds its bytes");
        in.release();
        return new Result(data.toString(), end, left);
    }
}
