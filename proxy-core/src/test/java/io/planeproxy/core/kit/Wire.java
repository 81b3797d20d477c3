package io.planeproxy.core.kit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Bytes on the wire as text and back, one byte a character. */
public final class Wire {
    private static final int SHOWN = 1500;

    private Wire() {}

    public static byte[] bytes(String latin1) {
        return latin1.getBytes(ISO_8859_1);
    }

    public static String text(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }

    /** The bytes for a human: controls are escaped, and of a long run only both ends are shown. */
    public static String show(byte[] bytes) {
        if (bytes.length == 0) {
            return "nothing";
        }
        String all = text(bytes);
        if (all.length() <= SHOWN) {
            return escaped(all);
        }
        return escaped(all.substring(0, SHOWN * 2 / 3)) + " … (" + bytes.length + " bytes in all) … "
                + escaped(all.substring(all.length() - SHOWN / 3));
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            switch (c) {
                case '\r' -> out.append("\\r");
                case '\n' -> out.append("\\n");
                case '"' -> out.append("\\\"");
                default -> out.append(c < ' ' || c > '~' ? "\\x%02x".formatted((int) c) : String.valueOf(c));
            }
        }
        return out.append('"').toString();
    }
}
