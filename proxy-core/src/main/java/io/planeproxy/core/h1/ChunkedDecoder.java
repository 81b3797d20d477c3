package io.planeproxy.core.h1;

import io.netty.buffer.ByteBuf;
import io.planeproxy.core.cause.Cause;
import io.planeproxy.core.http.Malformed;
import io.planeproxy.core.http.TrailerFields;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A body in chunks (RFC 9112 §7.1), read strictly: lines end with CRLF, a size is at most 16 hexadecimal digits, and
 * extensions are well-formed and short; they are dropped. However many chunks a read brings, they come out as one piece.
 */
final class ChunkedDecoder implements BodyDecoder {
    private static final int MOST_DIGITS = 16;
    private static final int LONGEST_LINE = 256;

    private enum State {
        SIZE_LINE,
        DATA,
        DATA_CR,
        DATA_LF,
        TRAILERS,
        OVER
    }

    private final HeadScanner trailers;
    private State state = State.SIZE_LINE;
    private long left;

    ChunkedDecoder(HeadLimits limits) {
        this.trailers = new HeadScanner(HeadScanner.Kind.TRAILERS, limits);
    }

    @Override
    public boolean mayEndByClose() {
        return false;
    }

    @Override
    public Piece decode(ByteBuf in) {
        Gathered gathered = new Gathered();
        while (true) {
            Piece piece = step(in, gathered);
            if (piece != null) {
                return gathered.isEmpty() ? piece : gathered.before(piece);
            }
        }
    }

    /** One step through the bytes; a piece where it ends here, nothing where it goes on. */
    private @Nullable Piece step(ByteBuf in, Gathered gathered) {
        return switch (state) {
            case SIZE_LINE -> sizeLine(in);
            case DATA -> data(in, gathered);
            case DATA_CR -> expect(in, '\r', State.DATA_LF);
            case DATA_LF -> expect(in, '\n', State.SIZE_LINE);
            // What came before the end is told first; the end is told by the next call.
            case TRAILERS -> gathered.isEmpty() ? trailers(in) : Piece.NEED_MORE;
            case OVER -> Piece.END;
        };
    }

    private @Nullable Piece sizeLine(ByteBuf in) {
        int start = in.readerIndex();
        int lineFeed = in.indexOf(start, Math.min(in.writerIndex(), start + LONGEST_LINE), (byte) '\n');
        if (lineFeed < 0) {
            return in.readableBytes() >= LONGEST_LINE
                    ? bad("a chunk size line over " + LONGEST_LINE + " bytes")
                    : firstDigit(in);
        }
        if (lineFeed == start || in.getByte(lineFeed - 1) != '\r') {
            return bad("a chunk size line that does not end with CRLF");
        }
        String line = in.toString(start, lineFeed - 1 - start, StandardCharsets.ISO_8859_1);
        int digits = 0;
        while (digits < line.length() && isHex(line.charAt(digits))) {
            digits++;
        }
        if (digits == 0 || digits > MOST_DIGITS || !ChunkExtensions.areWellFormed(line, digits)) {
            // Where framing went wrong it may be a piece of the body, and so a secret.
            return bad("a chunk size line of " + line.length() + " bytes that is no size with extensions");
        }
        left = Long.parseUnsignedLong(line, 0, digits, 16);
        if (left < 0) {
            return bad("the chunk size \"" + line.substring(0, digits) + "\"");
        }
        in.readerIndex(lineFeed + 1);
        state = left == 0 ? State.TRAILERS : State.DATA;
        return null;
    }

    /** Nonsense is told without waiting for the end of its line. */
    private static Piece firstDigit(ByteBuf in) {
        return in.isReadable() && !isHex((char) in.getByte(in.readerIndex()))
                ? bad("a chunk size line that does not begin with a size")
                : Piece.NEED_MORE;
    }

    private @Nullable Piece data(ByteBuf in, Gathered gathered) {
        if (!in.isReadable()) {
            return Piece.NEED_MORE;
        }
        int count = (int) Math.min(left, in.readableBytes());
        gathered.take(in, count);
        left -= count;
        if (left == 0) {
            state = State.DATA_CR;
        }
        return null;
    }

    private @Nullable Piece expect(ByteBuf in, char expected, State next) {
        if (!in.isReadable()) {
            return Piece.NEED_MORE;
        }
        if (in.getByte(in.readerIndex()) != expected) {
            return bad("a chunk that is not followed by CRLF");
        }
        in.skipBytes(1);
        state = next;
        return null;
    }

    private Piece trailers(ByteBuf in) {
        return switch (trailers.scan(in)) {
            case HeadScanner.Scan.Partial() -> Piece.NEED_MORE;
            case HeadScanner.Scan.Refused(Malformed malformed) -> bad(malformed.seen());
            case HeadScanner.Scan.Whole(byte[] lines) ->
                switch (TrailerFields.parse(lines)) {
                    case Malformed malformed -> bad(malformed.seen());
                    case TrailerFields fields -> {
                        state = State.OVER;
                        yield new Piece.End(fields.relayable());
                    }
                };
        };
    }

    private static boolean isHex(char c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }

    private static Piece bad(String seen) {
        return new Piece.Bad(new Malformed(Cause.MALFORMED_CHUNK, seen));
    }
}
