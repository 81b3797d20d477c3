package io.planeproxy.core.http;

import io.planeproxy.core.cause.Cause;

/**
 * A message that is not one, with what was wrong in it.
 *
 * @param cause the rule that was broken
 * @param seen what stood there, cut short and made printable; never the value of a field that may hold a secret
 */
public record Malformed(Cause cause, String seen) implements ParsedRequest, ParsedReply, ParsedTrailers {
    private static final int LONGEST = 80;

    public Malformed {
        seen = printable(seen);
    }

    private static String printable(String text) {
        StringBuilder printable = new StringBuilder(Math.min(text.length(), LONGEST) + 1);
        for (int i = 0; i < text.length() && i < LONGEST; i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c < 0x7f) {
                printable.append(c);
            } else {
                printable.append(String.format("\\x%02x", (int) c));
            }
        }
        return text.length() > LONGEST ? printable.append('…').toString() : printable.toString();
    }
}
