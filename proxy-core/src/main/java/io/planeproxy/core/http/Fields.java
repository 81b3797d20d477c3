package io.planeproxy.core.http;

import io.planeproxy.core.cause.Cause;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The field lines of one received message, in the order and spelling in which they came, each proven to follow RFC 9110
 * §5. They stay in the bytes they arrived in; a name or value becomes a string only when somebody asks for it.
 */
public final class Fields {
    private static final int KNOWN = 0;
    private static final int NAME_START = 1;
    private static final int NAME_END = 2;
    private static final int VALUE_START = 3;
    private static final int VALUE_END = 4;
    private static final int STRIDE = 5;
    private static final int[] NO_LINES = {};
    private static final int USUAL_LINE = 40;

    private final byte[] octets;
    private final int[] lines;
    private final int size;
    private final int length;

    private Fields(byte[] octets, int[] lines, int size, int length) {
        this.octets = octets;
        this.lines = lines;
        this.size = size;
        this.length = length;
    }

    /**
     * Reads field lines from {@code start} up to the empty line that must end exactly at {@code end}.
     *
     * @throws Rejection at the first line that RFC 9112 §5 does not allow
     */
    static Fields parse(byte[] octets, int start, int end) throws Rejection {
        int[] lines = end - start == 2 ? NO_LINES : new int[STRIDE * (2 + (end - start) / USUAL_LINE)];
        int size = 0;
        int at = start;
        while (at < end && octets[at] != '\r') {
            if (lines.length == size * STRIDE) {
                lines = Arrays.copyOf(lines, lines.length * 2);
            }
            at = parseLine(octets, at, end, lines, size * STRIDE);
            size++;
        }
        if (at != end - 2 || octets[at + 1] != '\n') {
            throw new Rejection(Cause.MALFORMED_LINE_END, "a carriage return without a line feed");
        }
        return new Fields(octets, lines, size, end - start);
    }

    private static int parseLine(byte[] octets, int start, int end, int[] lines, int at) throws Rejection {
        int nameEnd = start;
        while (Octets.isToken(octets[nameEnd])) {
            nameEnd++;
        }
        if (octets[nameEnd] != ':' || nameEnd == start) {
            throw badName(octets, start, nameEnd);
        }
        int valueStart = nameEnd + 1;
        while (Octets.isBlank(octets[valueStart])) {
            valueStart++;
        }
        int lineEnd = valueStart;
        while (Octets.isValue(octets[lineEnd])) {
            lineEnd++;
        }
        if (octets[lineEnd] != '\r' || lineEnd + 1 >= end || octets[lineEnd + 1] != '\n') {
            throw badValue(octets, start, nameEnd, lineEnd);
        }
        int valueEnd = lineEnd;
        while (valueEnd > valueStart && Octets.isBlank(octets[valueEnd - 1])) {
            valueEnd--;
        }
        lines[at + KNOWN] = KnownField.of(octets, start, nameEnd).ordinal();
        lines[at + NAME_START] = start;
        lines[at + NAME_END] = nameEnd;
        lines[at + VALUE_START] = valueStart;
        lines[at + VALUE_END] = valueEnd;
        return lineEnd + 2;
    }

    private static Rejection badName(byte[] octets, int start, int nameEnd) {
        if (Octets.isBlank(octets[start])) {
            // RFC 9112 §5.2: a folded line; also any white space before the first field (§2.2).
            return new Rejection(Cause.MALFORMED_FIELD, "a line that begins with white space");
        }
        if (octets[nameEnd] == ':') {
            return new Rejection(Cause.MALFORMED_FIELD, "a field without a name");
        }
        if (octets[nameEnd] == '\r') {
            return new Rejection(Cause.MALFORMED_FIELD, "a line without a colon");
        }
        // An unknown one may be no name at all but part of somebody's body.
        boolean isKnown = nameEnd > start && KnownField.of(octets, start, nameEnd) != KnownField.OTHER;
        return new Rejection(
                Cause.MALFORMED_FIELD,
                (isKnown ? "the name \"" + Octets.text(octets, start, nameEnd + 1) + "\"" : "a name")
                        + " with a character that no name has");
    }

    private static Rejection badValue(byte[] octets, int nameStart, int nameEnd, int at) {
        String name = Octets.text(octets, nameStart, nameEnd);
        if (octets[at] == '\r' || octets[at] == '\n') {
            return new Rejection(Cause.MALFORMED_LINE_END, "a lone CR or LF in " + name);
        }
        return new Rejection(
                Cause.MALFORMED_FIELD,
                "the control character " + String.format("0x%02x", octets[at] & 0xff) + " in " + name);
    }

    public int size() {
        return size;
    }

    /** All lines as they came, in bytes, with the empty line that ends them. */
    public int length() {
        return length;
    }

    public KnownField known(int line) {
        return KnownField.at(lines[line * STRIDE + KNOWN]);
    }

    public String name(int line) {
        return Octets.text(octets, lines[line * STRIDE + NAME_START], lines[line * STRIDE + NAME_END]);
    }

    public String value(int line) {
        return Octets.text(octets, lines[line * STRIDE + VALUE_START], lines[line * STRIDE + VALUE_END]);
    }

    public boolean contains(KnownField field) {
        return indexOf(field, 0) >= 0;
    }

    public int count(KnownField field) {
        int count = 0;
        for (int line = indexOf(field, 0); line >= 0; line = indexOf(field, line + 1)) {
            count++;
        }
        return count;
    }

    /** The value of the first line of that name. */
    public Optional<String> first(KnownField field) {
        int line = indexOf(field, 0);
        return line < 0 ? Optional.empty() : Optional.of(value(line));
    }

    /** The values of all lines of that name, in order. */
    public List<String> all(KnownField field) {
        List<String> values = new ArrayList<>(1);
        for (int line = indexOf(field, 0); line >= 0; line = indexOf(field, line + 1)) {
            values.add(value(line));
        }
        return values;
    }

    /** Whether the name of that line has the given prefix, whatever its case. */
    public boolean nameStartsWith(int line, String prefix) {
        int start = lines[line * STRIDE + NAME_START];
        int end = start + prefix.length();
        return end <= lines[line * STRIDE + NAME_END] && Octets.equalsIgnoreCase(octets, start, end, prefix);
    }

    /** Whether the name of that line is the given one, whatever its case. */
    public boolean nameEquals(int line, FieldName name) {
        return Octets.equalsIgnoreCase(
                octets, lines[line * STRIDE + NAME_START], lines[line * STRIDE + NAME_END], name.spelling());
    }

    /** Whether the name of that line has an underscore, which CGI-like upstreams take for a hyphen. */
    public boolean nameHasUnderscore(int line) {
        for (int i = lines[line * STRIDE + NAME_START]; i < lines[line * STRIDE + NAME_END]; i++) {
            if (octets[i] == '_') {
                return true;
            }
        }
        return false;
    }

    /** The lines of those names, in bytes of their own. */
    Fields only(Set<KnownField> names) {
        byte[] kept = new byte[octets.length];
        int[] places = new int[lines.length];
        int length = 0;
        int count = 0;
        for (int line = 0; line < size; line++) {
            if (names.contains(known(line))) {
                int from = line * STRIDE;
                int start = lines[from + NAME_START];
                System.arraycopy(octets, start, kept, length, lines[from + VALUE_END] - start);
                places[count * STRIDE + KNOWN] = lines[from + KNOWN];
                for (int place = NAME_START; place <= VALUE_END; place++) {
                    places[count * STRIDE + place] = lines[from + place] - start + length;
                }
                length += lines[from + VALUE_END] - start;
                count++;
            }
        }
        return new Fields(Arrays.copyOf(kept, length), Arrays.copyOf(places, count * STRIDE), count, length);
    }

    void copyLine(int line, FieldBlock.Builder to) {
        int at = line * STRIDE;
        to.append(octets, lines[at + NAME_START], lines[at + NAME_END], lines[at + VALUE_START], lines[at + VALUE_END]);
    }

    private int indexOf(KnownField field, int from) {
        int ordinal = field.ordinal();
        for (int line = from; line < size; line++) {
            if (lines[line * STRIDE + KNOWN] == ordinal) {
                return line;
            }
        }
        return -1;
    }

    /** The names only: a value may be a secret. */
    @Override
    public String toString() {
        StringBuilder names = new StringBuilder();
        for (int line = 0; line < size; line++) {
            names.append(line == 0 ? "" : ", ").append(name(line));
        }
        return names.toString();
    }

    /** Fields out of text lines {@code Name: value}, for callers that have no bytes. @throws IllegalArgumentException if a line is not a field */
    public static Fields of(String... lines) {
        byte[] octets = (String.join("\r\n", lines) + (lines.length == 0 ? "\r\n" : "\r\n\r\n"))
                .getBytes(StandardCharsets.ISO_8859_1);
        try {
            return parse(octets, 0, octets.length);
        } catch (Rejection rejection) {
            throw new IllegalArgumentException(rejection.malformed().seen());
        }
    }
}
