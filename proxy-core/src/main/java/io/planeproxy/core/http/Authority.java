package io.planeproxy.core.http;

import io.planeproxy.core.cause.Cause;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Whom a request asks for: a host name or address and perhaps a port (RFC 9110 §7.2, RFC 3986 §3.2), exactly as the
 * client wrote it.
 */
public final class Authority {
    private static final int LONGEST_HOST = 255;
    private static final int HIGHEST_PORT = 65535;

    private final String text;
    private final int hostEnd;
    private final int port;

    private Authority(String text, int hostEnd, int port) {
        this.text = text;
        this.hostEnd = hostEnd;
        this.port = port;
    }

    /** The authority that the text names, or nothing if it names none. */
    public static Optional<Authority> of(String text) {
        try {
            return Optional.of(parse(text));
        } catch (Rejection rejection) {
            return Optional.empty();
        }
    }

    static Authority parse(String text) throws Rejection {
        int hostEnd = text.startsWith("[") ? literalEnd(text) : nameEnd(text);
        if (hostEnd == 0 || hostEnd > LONGEST_HOST) {
            throw rejection(text);
        }
        return new Authority(text, hostEnd, portAfter(text, hostEnd));
    }

    private static int nameEnd(String text) throws Rejection {
        int end = 0;
        while (end < text.length() && isNameCharacter(text.charAt(end))) {
            end++;
        }
        if (end < text.length() && text.charAt(end) != ':') {
            throw rejection(text);
        }
        return end;
    }

    /** unreserved (RFC 3986 §2.3); percent-encoded and delimiter characters name no host that can be served. */
    private static boolean isNameCharacter(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~';
    }

    private static int literalEnd(String text) throws Rejection {
        int close = text.indexOf(']');
        if (close < 0 || !IpLiterals.isIpv6(text.substring(1, close))) {
            throw rejection(text);
        }
        return close + 1;
    }

    private static int portAfter(String text, int hostEnd) throws Rejection {
        if (hostEnd == text.length()) {
            return -1;
        }
        if (text.charAt(hostEnd) != ':') {
            throw rejection(text);
        }
        int port = 0;
        for (int i = hostEnd + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            port = port * 10 + (c - '0');
            if (c < '0' || c > '9' || port > HIGHEST_PORT) {
                throw rejection(text);
            }
        }
        return hostEnd + 1 == text.length() ? -1 : port;
    }

    private static Rejection rejection(String text) {
        if (text.isEmpty()) {
            return new Rejection(Cause.MALFORMED_HOST, "an empty Host");
        }
        // What stands before an "@" may be a password.
        int at = text.lastIndexOf('@');
        return new Rejection(Cause.MALFORMED_HOST, "Host \"" + (at < 0 ? text : "..." + text.substring(at)) + "\"");
    }

    /** As the client wrote it, port included. */
    public String text() {
        return text;
    }

    /** The host alone, as written; an IPv6 address keeps its brackets. */
    public String host() {
        return text.substring(0, hostEnd);
    }

    /** The port, if one was written. */
    public OptionalInt port() {
        return port < 0 ? OptionalInt.empty() : OptionalInt.of(port);
    }

    /** The port that is meant under that scheme. */
    public int portFor(Scheme scheme) {
        return port < 0 ? scheme.defaultPort() : port;
    }

    /** Whether both mean the same place under that scheme: host without case, default port or none. */
    public boolean names(Authority other, Scheme scheme) {
        return host().toLowerCase(Locale.ROOT).equals(other.host().toLowerCase(Locale.ROOT))
                && portFor(scheme) == other.portFor(scheme);
    }

    @Override
    public String toString() {
        return text;
    }
}
