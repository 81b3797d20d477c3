package io.planeproxy.core.h1;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.planeproxy.core.kit.Wire;
import java.util.Arrays;
import java.util.SplittableRandom;

/** A chunked body means the same, however the network cuts it. */
final class ChunkedBodyFuzzTest {
    @FuzzTest
    void cutsChangeNothing(byte[] bytes) {
        Reading whole = new Reading();
        whole.take(bytes, 0, bytes.length);
        Reading cut = new Reading();
        SplittableRandom random = new SplittableRandom(Arrays.hashCode(bytes));
        for (int from = 0; from < bytes.length; ) {
            int to = Math.min(bytes.length, from + 1 + random.nextInt(9));
            cut.take(bytes, from, to);
            from = to;
        }
        assertEquals(whole.told(), cut.told());
        whole.in.release();
        cut.in.release();
    }

    /** What a decoder made of the bytes so far. */
    private static final class Reading {
        private final ChunkedDecoder decoder = new ChunkedDecoder(HeadLimits.DEFAULT);
        private final ByteBuf in = Unpooled.buffer();
        private final StringBuilder body = new StringBuilder();
        private String end = "";

        void take(byte[] bytes, int from, int to) {
            in.writeBytes(bytes, from, to - from);
            boolean goesOn = end.isEmpty();
            while (goesOn) {
                goesOn = switch (decoder.decode(in)) {
                    case BodyDecoder.Piece.Data(ByteBuf data) -> {
                        body.append(data.toString(java.nio.charset.StandardCharsets.ISO_8859_1));
                        data.release();
                        yield true;
                    }
                    case BodyDecoder.Piece.End last -> {
                        end = "ends";
                        yield false;
                    }
                    case BodyDecoder.Piece.Bad bad -> {
                        end = "is bad";
                        yield false;
                    }
                    case BodyDecoder.Piece.NeedMore() -> false;
                };
            }
        }

        /** Where a body turns out to be bad, how much of it was told before depends on the cuts. */
        String told() {
            return switch (end) {
                case "ends" -> Wire.show(Wire.bytes(body.toString())) + " ends, behind it " + in.readableBytes();
                case "is bad" -> end;
                default -> Wire.show(Wire.bytes(body.toString())) + " goes on";
            };
        }
    }
}
