package io.planeproxy.core.kit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads lines, fields and bodies as RFC 9112 frames them, tolerates nothing, and remembers every byte that arrived. */
final class StrictReader {
    private static final int LONGEST_LINE = 256 * 1024;
    private static final Pattern FIELD =
            Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*(.*?)[ \\t]*", Pattern.DOTALL);
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]*");
    private static final Pattern CHUNK_SIZE = Pattern.compile("([0-9A-Fa-f]{1,15})");

    private final InputStream in;
    private final ByteArrayOutputStream arrived = new ByteArrayOutputStream();
    private final byte[] buffer = new byte[16 * 1024];
    private int from;
    private int to;

    StrictReader(InputStream in) {
        this.in = in;
    }

    /** A body in chunks, and the fields behind it. */
    record Chunked(byte[] body, List<Field> trailers) {}

    /** Every byte that has come from the peer so far; may be asked for from any thread. */
    byte[] arrived() {
        synchronized (arrived) {
            return arrived.toByteArray();
        }
    }

    /** True when the peer ended before another byte. */
    boolean atEnd() {
        return from == to && !fill("the next message or the end");
    }

    Chunked chunked() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String line = line("a chunk size");
            Matcher size = CHUNK_SIZE.matcher(line);
            check(size.matches(), "a chunk size in hexadecimal digits alone", line);
            long length = Long.parseLong(size.group(1), 16);
            if (length == 0) {
                return new Chunked(body.toByteArray(), fields("a trailer field"));
            }
            body.writeBytes(exactly(length, "a chunk of " + length + " bytes"));
            String end = line("the line end behind a chunk");
            check(end.isEmpty(), "nothing but a line end behind a chunk", end);
        }
    }

    /** Field lines up to and with the empty line. */
    List<Field> fields(String what) {
        List<Field> fields = new ArrayList<>();
        for (String line = line(what); !line.isEmpty(); line = line(what)) {
            Matcher field = FIELD.matcher(line);
            check(field.matches(), "a field line", line);
            check(VALUE.matcher(field.group(2)).matches(), "a field value without controls", line);
            fields.add(new Field(field.group(1), field.group(2)));
        }
        return List.copyOf(fields);
    }

    /** A line without its CRLF. */
    String line(String what) {
        StringBuilder line = new StringBuilder();
        while (true) {
            char c = (char) next(what);
            if (c == '\r') {
                check(next(what) == '\n', "LF behind CR", line.toString());
                return line.toString();
            }
            if (c == '\n') {
                throw malformed("CRLF and no bare LF", line.toString());
            }
            line.append(c);
            if (line.length() > LONGEST_LINE) {
                throw malformed("a line under " + LONGEST_LINE + " bytes", line.substring(0, 80));
            }
        }
    }

    byte[] exactly(long length, String what) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long left = length;
        while (left > 0) {
            need(what + " (" + left + " of " + length + " bytes missing)");
            int part = (int) Math.min(left, to - from);
            out.write(buffer, from, part);
            from += part;
            left -= part;
        }
        return out.toByteArray();
    }

    Rest untilEnd() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            do {
                out.write(buffer, from, to - from);
                from = to;
            } while (fill("the peer's end"));
            return new Rest(out.toByteArray(), Ending.CLOSED);
        } catch (PeerReset reset) {
            return new Rest(out.toByteArray(), Ending.RESET);
        }
    }

    /** At least one byte and at most {@code most}, or none at the peer's end. */
    byte[] some(int most) {
        if (atEnd()) {
            return new byte[0];
        }
        int end = Math.min(to, from + most);
        byte[] part = Arrays.copyOfRange(buffer, from, end);
        from = end;
        return part;
    }

    WireFault malformed(String expected, String found) {
        return fault(WireFault.Kind.MALFORMED, "got " + Wire.show(Wire.bytes(found)) + ", expected " + expected);
    }

    void check(boolean holds, String expected, String found) {
        if (!holds) {
            throw malformed(expected, found);
        }
    }

    private int next(String what) {
        need(what);
        return buffer[from++] & 0xff;
    }

    private void need(String what) {
        if (from == to && !fill(what)) {
            throw fault(WireFault.Kind.CUT, "the peer closed, expected " + what);
        }
    }

    private boolean fill(String what) {
        try {
            int read = in.read(buffer);
            from = 0;
            to = Math.max(0, read);
            synchronized (arrived) {
                arrived.write(buffer, 0, to);
            }
            return read > 0;
        } catch (SocketTimeoutException e) {
            throw fault(WireFault.Kind.SILENT, "nothing came for " + Patience.LIMIT + ", expected " + what);
        } catch (SocketException e) {
            throw new PeerReset(
                    fault(WireFault.Kind.CUT, "the connection broke (" + e.getMessage() + "), expected " + what));
        } catch (IOException e) {
            throw fault(WireFault.Kind.CUT, "reading failed (" + e + "), expected " + what);
        }
    }

    private WireFault fault(WireFault.Kind kind, String message) {
        return new WireFault(kind, message + "; had arrived: " + Wire.show(arrived()));
    }

    /** The peer reset the connection. */
    static final class PeerReset extends RuntimeException {
        private static final long serialVersionUID = 1L;

        PeerReset(WireFault fault) {
            super(fault.getMessage(), fault);
        }
    }
}
