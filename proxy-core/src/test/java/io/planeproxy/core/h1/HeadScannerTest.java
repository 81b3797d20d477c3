package io.planeproxy.core.h1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.planeproxy.core.cause.Cause;
import io.planeproxy.core.h1.HeadScanner.Scan;
import io.planeproxy.core.kit.Cuts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a head ends, however its bytes are cut. */
final class HeadScannerTest {
    private static final HeadLimits SMALL = new HeadLimits(10, 20, 3);

    static Stream<Arguments> heads() {
        return Stream.of(
                arguments("GET / HTTP\r\n\r\n", "whole 14, 0 left"),
                arguments("\r\nGET /\r\n\r\nnext", "whole 9, 4 left"),
                arguments("GET /\r\nA: b\r\n\r\nGET", "whole 15, 3 left"),
                arguments("0123456789\r\n\r\n", "whole 14, 0 left"),
                arguments("01234567890\r\n\r\n", "refused REQUEST_LINE_TOO_LONG"),
                arguments("01234567890", "refused REQUEST_LINE_TOO_LONG"),
                arguments("0123456789\r", "partial"),
                arguments("GET\r\nA: 456789012345678\r\n\r\n", "whole 27, 0 left"),
                arguments("GET\r\nA: 4567890123456789\r\n\r\n", "refused FIELDS_TOO_LARGE"),
                arguments("GET\r\nA: b\r\nB: 012345678\r\n\r\n", "whole 27, 0 left"),
                arguments("GET\r\nA:\r\nB:\r\nC:\r\n\r\n", "whole 19, 0 left"),
                arguments("GET\r\nA:\r\nB:\r\nC:\r\nD:\r\n\r\n", "refused FIELDS_TOO_LARGE"),
                arguments("", "partial"),
                arguments("\r\n", "partial"),
                arguments("GET", "partial"),
                arguments("GET\r\n", "partial"),
                arguments("GET\r\nA: b\r\n\r", "partial"),
                arguments("\r\n\r\nGET\r\n\r\n", "refused MALFORMED_REQUEST_LINE"),
                arguments(" GET\r\n\r\n", "refused MALFORMED_REQUEST_LINE"),
                arguments("\u0016\u0003\u0001", "refused MALFORMED_REQUEST_LINE"),
                arguments("\u0080", "refused MALFORMED_REQUEST_LINE"),
                arguments("\u007f", "refused MALFORMED_REQUEST_LINE"),
                arguments("\n", "refused MALFORMED_LINE_END"),
                arguments("\rG", "refused MALFORMED_LINE_END"),
                arguments("\r\n\rG", "refused MALFORMED_LINE_END"),
                arguments("GET\n", "refused MALFORMED_LINE_END"),
                arguments("GET\r\nA\n", "refused MALFORMED_LINE_END"),
                arguments("GET\r\n\n", "refused MALFORMED_LINE_END"),
                arguments("GET\r\nA: b\r\n\n", "refused MALFORMED_LINE_END"));
    }

    @ParameterizedTest
    @MethodSource("heads")
    void theResultIsTheSameHoweverTheBytesAreCut(String sent, String expected) {
        assertInEveryCut(expected, HeadScanner.Kind.REQUEST, sent);
    }

    static Stream<Arguments> otherKinds() {
        return Stream.of(
                arguments(HeadScanner.Kind.REPLY, "HTTP\r\nA: b\r\n\r\n", "whole 14, 0 left"),
                arguments(HeadScanner.Kind.REPLY, "\r\nHTTP\r\n\r\n", "refused MALFORMED_REQUEST_LINE"),
                arguments(HeadScanner.Kind.REPLY, "01234567890", "refused REQUEST_LINE_TOO_LONG"),
                arguments(HeadScanner.Kind.TRAILERS, "\r\nGET", "whole 2, 3 left"),
                arguments(HeadScanner.Kind.TRAILERS, "A: b\r\n\r\nGET", "whole 8, 3 left"),
                arguments(HeadScanner.Kind.TRAILERS, "A: 456789012345678\r\n\r\n", "whole 22, 0 left"),
                arguments(HeadScanner.Kind.TRAILERS, "A: 4567890123456789\r\n\r\n", "refused FIELDS_TOO_LARGE"),
                arguments(HeadScanner.Kind.TRAILERS, "A:\r\nB:\r\nC:\r\n\r\n", "whole 14, 0 left"),
                arguments(HeadScanner.Kind.TRAILERS, "A:\r\nB:\r\nC:\r\nD:\r\n\r\n", "refused FIELDS_TOO_LARGE"),
                arguments(HeadScanner.Kind.TRAILERS, " A: b\r\n", "refused MALFORMED_REQUEST_LINE"),
                arguments(HeadScanner.Kind.TRAILERS, "\rA", "refused MALFORMED_LINE_END"),
                arguments(HeadScanner.Kind.TRAILERS, "\n", "refused MALFORMED_LINE_END"));
    }

    @ParameterizedTest
    @MethodSource("otherKinds")
    void soItIsWithRepliesAndTrailers(HeadScanner.Kind kind, String sent, String expected) {
        assertInEveryCut(expected, kind, sent);
    }

    private static void assertInEveryCut(String expected, HeadScanner.Kind kind, String sent) {
        byte[] bytes = sent.getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(expected, scan(kind, SMALL, List.of(bytes)));
        assertEquals(expected, scan(kind, SMALL, Cuts.every(1, bytes)));
        for (int cut = 0; cut <= bytes.length; cut++) {
            assertEquals(expected, scan(kind, SMALL, Cuts.before(bytes, cut)), "cut before " + cut);
        }
    }

    @Test
    void theForgivenLineIsTheBeginningOfAHead() {
        HeadScanner scanner = new HeadScanner(HeadScanner.Kind.REQUEST, SMALL);
        ByteBuf in = Unpooled.copiedBuffer("\r\n", StandardCharsets.US_ASCII);
        assertInstanceOf(Scan.Partial.class, scanner.scan(in));
        assertEquals(false, scanner.isFresh());
        in.release();
    }

    @Property
    void aHeadAtTheLimitsIsWholeInEveryCut(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 60) int line,
            @ForAll @IntRange(min = 1, max = 5) int count,
            @ForAll @IntRange(min = 3, max = 40) int width) {
        String field = "a:" + "b".repeat(width - 2) + "\r\n";
        String head = "G".repeat(line) + "\r\n" + field.repeat(count) + "\r\n";
        byte[] bytes = (head + "tail").getBytes(StandardCharsets.ISO_8859_1);
        List<byte[]> cuts = Cuts.random(seed, 9, bytes);
        int fields = field.length() * count;
        assertTrue(scan(new HeadLimits(line, fields, count), cuts).startsWith("whole " + head.length()));
        if (line > 1) {
            assertEquals("refused REQUEST_LINE_TOO_LONG", scan(new HeadLimits(line - 1, fields, count), cuts));
        }
        assertEquals("refused FIELDS_TOO_LARGE", scan(new HeadLimits(line, fields - 1, count), cuts));
        assertEquals("refused FIELDS_TOO_LARGE", scan(new HeadLimits(line, fields, count - 1), cuts));
    }

    @Property
    void anEndlessHeadIsRefusedBeforeItFillsTheMemory(@ForAll @IntRange(min = 1, max = 50) int piece) {
        for (String start : List.of("", "GET\r\n", "GET\r\nA: b\r\n")) {
            HeadScanner scanner = new HeadScanner(HeadScanner.Kind.REQUEST, SMALL);
            ByteBuf in = Unpooled.buffer().writeBytes(start.getBytes(StandardCharsets.US_ASCII));
            Scan scan = scanner.scan(in);
            while (scan instanceof Scan.Partial) {
                assertTrue(in.readableBytes() <= 10 + 20 + 6, in.readableBytes() + " bytes are kept");
                scan = scanner.scan(in.writeBytes("x".repeat(piece).getBytes(StandardCharsets.US_ASCII)));
            }
            assertInstanceOf(Scan.Refused.class, scan);
            in.release();
        }
    }

    @Test
    void oneScannerReadsOneHeadAfterAnother() {
        HeadScanner scanner = new HeadScanner(HeadScanner.Kind.REQUEST, SMALL);
        ByteBuf in = Unpooled.copiedBuffer("GET a\r\nB: c\r\n\r\n\r\nPUT d\r\n\r\nx", StandardCharsets.US_ASCII);
        assertTrue(scanner.isFresh());
        assertEquals("GET a\r\nB: c\r\n\r\n", text(scanner.scan(in)));
        assertTrue(scanner.isFresh());
        assertEquals("PUT d\r\n\r\n", text(scanner.scan(in)));
        assertInstanceOf(Scan.Partial.class, scanner.scan(in));
        assertEquals(false, scanner.isFresh());
        in.release();
    }

    @Test
    void theLimitOfTheDesignHolds() {
        String line = "GET /" + "a".repeat(16 * 1024 - 14) + " HTTP/1.1";
        assertEquals(16 * 1024, line.length());
        String field = "a: " + "b".repeat(64 * 1024 - 5) + "\r\n";
        byte[] bytes = (line + "\r\n" + field + "\r\n").getBytes(StandardCharsets.US_ASCII);
        assertEquals("whole " + bytes.length + ", 0 left", scan(HeadLimits.DEFAULT, List.of(bytes)));
        byte[] over = (line + "\r\nx" + field + "\r\n").getBytes(StandardCharsets.US_ASCII);
        assertEquals("refused " + Cause.FIELDS_TOO_LARGE, scan(HeadLimits.DEFAULT, List.of(over)));
        byte[] longer = (line + "1\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        assertEquals("refused " + Cause.REQUEST_LINE_TOO_LONG, scan(HeadLimits.DEFAULT, List.of(longer)));
    }

    private static String text(Scan scan) {
        return new String(assertInstanceOf(Scan.Whole.class, scan).head(), StandardCharsets.US_ASCII);
    }

    /** What comes of the pieces, up to the first result; pieces after it are counted as left. */
    private static String scan(HeadLimits limits, List<byte[]> pieces) {
        return scan(HeadScanner.Kind.REQUEST, limits, pieces);
    }

    private static String scan(HeadScanner.Kind kind, HeadLimits limits, List<byte[]> pieces) {
        HeadScanner scanner = new HeadScanner(kind, limits);
        ByteBuf in = Unpooled.buffer();
        Scan scan = scanner.scan(in);
        for (byte[] piece : pieces) {
            in.writeBytes(piece);
            if (scan instanceof Scan.Partial) {
                scan = scanner.scan(in);
            }
        }
        int left = in.readableBytes();
        in.release();
        return switch (scan) {
            case Scan.Partial() -> "partial";
            case Scan.Whole(byte[] head) -> "whole " + head.length + ", " + left + " left";
            case Scan.Refused refused -> "refused " + refused.malformed().cause();
        };
    }
}
