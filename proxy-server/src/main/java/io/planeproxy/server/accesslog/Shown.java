package io.planeproxy.server.accesslog;

import java.util.HexFormat;
import java.util.regex.Pattern;

/** Makes what peers sent fit to be shown in a line: without secrets, not longer than is of use, and unable to end the line. */
public final class Shown {
    private static final int LONGEST = 2048;

    /** JSON Web Tokens (RFC 7519), and the keys that Plane gives out for its API. */
    private static final Pattern TOKEN =
            Pattern.compile("eyJ[A-Za-z0-9_-]{8,}(?:\\.[A-Za-z0-9_-]*){0,4}|plane_api_[A-Za-z0-9]+");

    private static final HexFormat HEX = HexFormat.of();

    private Shown() {}

    /** The text without secrets, cut where it is very long. */
    static String of(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        boolean mayHoldToken = cut.contains("eyJ") || cut.contains("plane_api_");
        return mayHoldToken ? TOKEN.matcher(cut).replaceAll("…") : cut;
    }

    /** An address of a page without its query, its place in the page and who asks for it. */
    static String url(String text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) != '?' && text.charAt(end) != '#') {
            end++;
        }
        String told = text.substring(0, end);
        int scheme = told.indexOf("://");
        int host = scheme < 0 ? 0 : scheme + 3;
        int path = told.indexOf('/', host);
        int user = told.lastIndexOf('@', path < 0 ? told.length() : path);
        String withoutUser = user < host ? told : told.substring(0, host) + told.substring(user + 1);
        return of(end < text.length() ? withoutUser + text.charAt(end) + "…" : withoutUser);
    }

    /** What a peer sent must not make a line of its own. */
    public static String printable(String text) {
        return escaped(text, "");
    }

    /** What a peer sent must not end the quotes that it stands in. */
    static String quoted(String text) {
        return escaped(text, "\"\\");
    }

    private static String escaped(String text, String further) {
        String shown = of(text);
        for (int i = 0; i < shown.length(); i++) {
            if (isToBeEscaped(shown.charAt(i), further)) {
                return escaped(shown, further, i);
            }
        }
        return shown;
    }

    private static String escaped(String text, String further, int from) {
        StringBuilder escaped = new StringBuilder(text.length() + 16).append(text, 0, from);
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isToBeEscaped(c, further)) {
                escaped.append("\\x").append(c < 0x100 ? HEX.toHexDigits((byte) c) : HEX.toHexDigits(c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    private static boolean isToBeEscaped(char c, String further) {
        return isControl(c) || further.indexOf(c) >= 0;
    }

    /** C0, DEL and C1, and the two line ends that Unicode adds. */
    static boolean isControl(char c) {
        return c < ' ' || c >= 0x7f && c < 0xa0 || c == '\u2028' || c == '\u2029';
    }
}
