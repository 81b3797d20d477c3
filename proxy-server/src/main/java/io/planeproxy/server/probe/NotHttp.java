package io.planeproxy.server.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What came is no reply of HTTP/1. */
public final class NotHttp extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int TLS_ALERT = 0x15;
    private static final int TLS_HANDSHAKE = 0x16;
    private static final int TLS_MAJOR_VERSION = 3;
    private static final int LONGEST_SHOWN = 40;

    private final Kind kind;

    /** What it is instead. */
    public enum Kind {
        TLS,
        NOTHING,
        UNKNOWN
    }

    private NotHttp(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    static NotHttp after(byte[] bytes) {
        if (bytes.length == 0) {
            return new NotHttp(Kind.NOTHING, "the connection was ended without an answer");
        }
        boolean isTls = (bytes[0] == TLS_ALERT || bytes[0] == TLS_HANDSHAKE)
                && (bytes.length == 1 || bytes[1] == TLS_MAJOR_VERSION);
        if (isTls) {
            return new NotHttp(Kind.TLS, "the answer is TLS and not HTTP");
        }
        String text = new String(bytes, StandardCharsets.ISO_8859_1).replaceAll("\\p{Cntrl}", "·");
        return new NotHttp(
                Kind.UNKNOWN,
                "the answer is no HTTP: \"" + text.substring(0, Math.min(text.length(), LONGEST_SHOWN)) + "\"");
    }

    public Kind kind() {
        return kind;
    }
}
