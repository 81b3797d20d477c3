package io.planeproxy.core.http;

import java.nio.charset.StandardCharsets;

/** The character classes of RFC 9110 §5.6 and the few comparisons that the parsers share. */
final class Octets {
    private static final byte TOKEN = 1;
    private static final byte VALUE = 2;
    private static final byte TARGET = 4;
    private static final byte[] CLASSES = classes();

    private Octets() {}

    /** tchar (RFC 9110 §5.6.2). */
    static boolean isToken(byte octet) {
        return (CLASSES[octet & 0xff] & TOKEN) != 0;
    }

    /** What may stand in a field value: HTAB, SP, VCHAR, obs-text (RFC 9110 §5.5). */
    static boolean isValue(byte octet) {
        return (CLASSES[octet & 0xff] & VALUE) != 0;
    }

    /** What may stand in a request target: visible ASCII without fragment and backslash (RFC 9112 §3.2). */
    static boolean isTarget(byte octet) {
        return (CLASSES[octet & 0xff] & TARGET) != 0;
    }

    static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }

    static boolean isToken(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7e || !isToken((byte) text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    static byte lower(byte octet) {
        return octet >= 'A' && octet <= 'Z' ? (byte) (octet | 0x20) : octet;
    }

    static boolean equalsIgnoreCase(byte[] octets, int start, int end, String ascii) {
        if (end - start != ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (lower(octets[start + i]) != lower((byte) ascii.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    static String text(byte[] octets, int start, int end) {
        return new String(octets, start, end - start, StandardCharsets.ISO_8859_1);
    }

    /** The value of a hexadecimal digit. @throws NumberFormatException if it is none */
    static int hexValue(int c) {
        int value = Character.digit(c, 16);
        if (value < 0 || c > 'f') {
            throw new NumberFormatException("not a hexadecimal digit: " + (char) c);
        }
        return value;
    }

    static boolean isHexDigit(int c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }

    private static byte[] classes() {
        byte[] classes = new byte[256];
        for (int c = 'a'; c <= 'z'; c++) {
            classes[c] |= TOKEN;
            classes[c - 0x20] |= TOKEN;
        }
        for (char c : "0123456789!#$%&'*+-.^_`|~".toCharArray()) {
            classes[c] |= TOKEN;
        }
        for (int c = 0x20; c < 0x100; c++) {
            if (c != 0x7f) {
                classes[c] |= VALUE;
            }
        }
        classes['\t'] |= VALUE;
        for (int c = 0x21; c < 0x7f; c++) {
            if (c != '#' && c != '\\') {
                classes[c] |= TARGET;
            }
        }
        return classes;
    }
}
