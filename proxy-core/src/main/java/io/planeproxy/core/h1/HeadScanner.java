package io.planeproxy.core.h1;

import io.netty.buffer.ByteBuf;
import io.planeproxy.core.cause.Cause;
import io.planeproxy.core.http.Malformed;

/**
 * Finds where a head ends in the bytes that have come so far, and refuses as early as can be told: an end of line that is
 * not CRLF, a first byte that begins no head, a size over the limits. Each byte is looked at once, however it is cut.
 */
final class HeadScanner {
    private static final Scan PARTIAL = new Scan.Partial();

    private final Kind kind;
    private final HeadLimits limits;
    private int scanned;
    private int lineStart;
    private int lines;
    private int firstLineEnd;
    private boolean skippedEmptyLine;

    HeadScanner(Kind kind, HeadLimits limits) {
        this.kind = kind;
        this.limits = limits;
    }

    /** What stands before the fields. */
    enum Kind {
        /** A request line, and before it perhaps an empty line, which is forgiven (RFC 9112 §2.2). */
        REQUEST,
        /** A status line. */
        REPLY,
        /** Nothing. */
        TRAILERS;

        int linesBeforeFields() {
            return switch (this) {
                case REQUEST, REPLY -> 1;
                case TRAILERS -> 0;
            };
        }
    }

    /** What the bytes so far amount to. */
    sealed interface Scan {
        /** Not yet a head. */
        record Partial() implements Scan {}

        /** From the first byte of the first line to the end of the empty line; taken out of the buffer. */
        record Whole(byte[] head) implements Scan {}

        record Refused(Malformed malformed) implements Scan {}
    }

    /** @param in from the first byte of the head on; between two calls bytes may only be added */
    Scan scan(ByteBuf in) {
        while (true) {
            int start = in.readerIndex();
            if (lines == 0 && scanned <= 1 && in.isReadable() && !mayBegin(in.getByte(start))) {
                return refused(
                        Cause.MALFORMED_REQUEST_LINE, "a first byte of " + String.format("0x%02x", in.getByte(start)));
            }
            if (lines == 0 && scanned <= 1 && beginsWithLoneReturn(in)) {
                return refused(Cause.MALFORMED_LINE_END, "a carriage return without a line feed");
            }
            int lineFeed = in.indexOf(start + scanned, in.writerIndex(), (byte) '\n');
            if (lineFeed < 0) {
                scanned = in.readableBytes();
                return partial(in);
            }
            int at = lineFeed - start;
            if (at == 0 || in.getByte(lineFeed - 1) != '\r') {
                return refused(Cause.MALFORMED_LINE_END, "a line feed without a carriage return");
            }
            int lineLength = at - 1 - lineStart;
            scanned = at + 1;
            lineStart = scanned;
            if (lineLength > 0) {
                lines++;
                firstLineEnd = lines == kind.linesBeforeFields() ? scanned : firstLineEnd;
                Scan within = withinLimits(scanned, scanned);
                if (within instanceof Scan.Refused) {
                    return within;
                }
            } else if (lines >= kind.linesBeforeFields()) {
                return whole(in);
            } else if (!skipEmptyLine(in)) {
                return refused(Cause.MALFORMED_REQUEST_LINE, "an empty line too many before the first line");
            }
        }
    }

    /** Whether nothing of a head has come, nor the empty line that is forgiven. */
    boolean isFresh() {
        return lines == 0 && scanned == 0 && !skippedEmptyLine;
    }

    private Scan whole(ByteBuf in) {
        byte[] head = new byte[scanned];
        in.readBytes(head);
        reset();
        return new Scan.Whole(head);
    }

    private boolean skipEmptyLine(ByteBuf in) {
        if (kind != Kind.REQUEST || skippedEmptyLine) {
            return false;
        }
        in.skipBytes(2);
        reset();
        skippedEmptyLine = true;
        return true;
    }

    private void reset() {
        scanned = 0;
        lineStart = 0;
        lines = 0;
        firstLineEnd = 0;
        skippedEmptyLine = false;
    }

    private Scan partial(ByteBuf in) {
        // A last carriage return may be half of an end of line, which no limit counts before the line is known.
        boolean endsWithReturn = scanned > 0 && in.getByte(in.readerIndex() + scanned - 1) == '\r';
        int told = endsWithReturn ? scanned - 1 : scanned;
        return withinLimits(told, lines == 0 ? told : firstLineEnd);
    }

    private Scan withinLimits(int total, int firstLine) {
        int fields = lines - kind.linesBeforeFields();
        if (kind != Kind.TRAILERS && (lines == 0 ? firstLine : firstLineEnd - 2) > limits.firstLine()) {
            return refused(Cause.REQUEST_LINE_TOO_LONG, "the limit is " + limits.firstLine() + " bytes");
        }
        if (fields >= 0 && total - firstLineEnd > limits.fields()) {
            return refused(Cause.FIELDS_TOO_LARGE, "the limit is " + limits.fields() + " bytes");
        }
        if (fields > limits.count()) {
            return refused(Cause.FIELDS_TOO_LARGE, "the limit is " + limits.count() + " fields");
        }
        return PARTIAL;
    }

    /** A head begins with a token (a method or "HTTP/1.1") or with the empty line that is forgiven. */
    private static boolean mayBegin(byte octet) {
        return octet > ' ' && octet < 0x7f || octet == '\r' || octet == '\n';
    }

    private static boolean beginsWithLoneReturn(ByteBuf in) {
        int start = in.readerIndex();
        return in.readableBytes() > 1 && in.getByte(start) == '\r' && in.getByte(start + 1) != '\n';
    }

    private static Scan refused(Cause cause, String seen) {
        return new Scan.Refused(new Malformed(cause, seen));
    }
}
