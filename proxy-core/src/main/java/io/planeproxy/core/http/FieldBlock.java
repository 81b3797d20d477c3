package io.planeproxy.core.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Field lines as they will be sent: made from proven fields and from our own text, in canonical form
 * ({@code Name: value CRLF}). Nothing in it can end a line early.
 */
public final class FieldBlock {
    public static final FieldBlock EMPTY = new Builder().build();

    private final byte[] octets;
    private final int length;

    private FieldBlock(byte[] octets, int length) {
        this.octets = octets;
        this.length = length;
    }

    /** The lines in wire form, each with its CRLF, without the empty line that ends a head. */
    public void writeTo(Sink sink) {
        sink.write(octets, 0, length);
    }

    public int length() {
        return length;
    }

    /** Whether a line has that name. */
    public boolean contains(FieldName name) {
        int nameLength = name.spelling().length();
        int start = 0;
        while (start < length) {
            int nameEnd = start + nameLength;
            if (nameEnd < length
                    && octets[nameEnd] == ':'
                    && Octets.equalsIgnoreCase(octets, start, nameEnd, name.spelling())) {
                return true;
            }
            start = nextLine(start);
        }
        return false;
    }

    private int nextLine(int start) {
        int at = start;
        while (octets[at] != '\n') {
            at++;
        }
        return at + 1;
    }

    /** Where the bytes of a block go. */
    public interface Sink {
        void write(byte[] octets, int offset, int length);
    }

    /** The lines as text, for tests. A value may be a secret: not for logs. */
    public String text() {
        return new String(octets, 0, length, StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        return length + " bytes of fields";
    }

    public static final class Builder {
        private byte[] octets;
        private int length;

        public Builder() {
            this(256);
        }

        /** @param room bytes that will probably be enough; it grows where they are not */
        public Builder(int room) {
            octets = new byte[room];
        }

        /** Carries one received line over as it is. */
        public Builder copy(Fields from, int line) {
            from.copyLine(line, this);
            return this;
        }

        /** Carries all lines of another block over. */
        public Builder copy(FieldBlock from) {
            ensure(from.length);
            System.arraycopy(from.octets, 0, octets, length, from.length);
            length += from.length;
            return this;
        }

        /**
         * Adds a line of our own.
         *
         * @throws IllegalStateException if the name or value could end the line early: a fault of ours
         */
        public Builder add(String name, String value) {
            if (!Octets.isToken(name)) {
                throw new IllegalStateException("the field name \"" + name + "\" is not a token");
            }
            return line(name, value);
        }

        private Builder line(String name, String value) {
            ensure(name.length() + value.length() + 4);
            length = write(octets, length, name);
            octets[length++] = ':';
            octets[length++] = ' ';
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                if (c > 0xff || !Octets.isValue((byte) c)) {
                    throw new IllegalStateException("the value of " + name + " has a character that no field may have");
                }
                octets[length++] = (byte) c;
            }
            octets[length++] = '\r';
            octets[length++] = '\n';
            return this;
        }

        public Builder add(KnownField field, String value) {
            return line(field.spelling(), value);
        }

        void append(byte[] from, int nameStart, int nameEnd, int valueStart, int valueEnd) {
            int nameLength = nameEnd - nameStart;
            int valueLength = valueEnd - valueStart;
            ensure(nameLength + valueLength + 4);
            System.arraycopy(from, nameStart, octets, length, nameLength);
            length += nameLength;
            octets[length++] = ':';
            octets[length++] = ' ';
            System.arraycopy(from, valueStart, octets, length, valueLength);
            length += valueLength;
            octets[length++] = '\r';
            octets[length++] = '\n';
        }

        public FieldBlock build() {
            return new FieldBlock(octets, length);
        }

        private void ensure(int more) {
            if (octets.length - length < more) {
                octets = Arrays.copyOf(octets, Math.max(octets.length * 2, length + more));
            }
        }

        @SuppressWarnings("deprecation") // the one copy of Latin-1 characters into bytes that makes no garbage
        private static int write(byte[] octets, int at, String text) {
            text.getBytes(0, text.length(), octets, at);
            return at + text.length();
        }
    }
}
