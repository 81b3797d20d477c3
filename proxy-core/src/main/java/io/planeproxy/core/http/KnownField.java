package io.planeproxy.core.http;

import java.util.Locale;

/** The fields that this proxy reads, writes or keeps to itself; {@link #OTHER} is every field that it only carries. */
public enum KnownField {
    HOST("Host"),
    CONNECTION("Connection"),
    CONTENT_LENGTH("Content-Length"),
    TRANSFER_ENCODING("Transfer-Encoding"),
    TRAILER("Trailer"),
    UPGRADE("Upgrade"),
    EXPECT("Expect"),
    TE("TE"),
    KEEP_ALIVE("Keep-Alive"),
    PROXY_CONNECTION("Proxy-Connection"),
    PROXY_AUTHORIZATION("Proxy-Authorization"),
    PROXY_AUTHENTICATE("Proxy-Authenticate"),
    PROXY_AUTHENTICATION_INFO("Proxy-Authentication-Info"),
    PROXY("Proxy"),
    HTTP2_SETTINGS("HTTP2-Settings"),
    FORWARDED("Forwarded"),
    X_FORWARDED_FOR("X-Forwarded-For"),
    X_FORWARDED_PROTO("X-Forwarded-Proto"),
    X_FORWARDED_HOST("X-Forwarded-Host"),
    X_FORWARDED_PORT("X-Forwarded-Port"),
    X_REAL_IP("X-Real-IP"),
    X_ORIGINAL_URL("X-Original-URL"),
    X_REWRITE_URL("X-Rewrite-URL"),
    AUTHORIZATION("Authorization"),
    COOKIE("Cookie"),
    SET_COOKIE("Set-Cookie"),
    ORIGIN("Origin"),
    ACCEPT("Accept"),
    USER_AGENT("User-Agent"),
    REFERER("Referer"),
    X_REQUEST_ID("X-Request-Id"),
    TRACEPARENT("traceparent"),
    LOCATION("Location"),
    SEC_WEBSOCKET_KEY("Sec-WebSocket-Key"),
    SEC_WEBSOCKET_ACCEPT("Sec-WebSocket-Accept"),
    OTHER("");

    private static final KnownField[] ALL = values();
    private static final int SLOTS = 512;
    private static final KnownField[][] BY_HASH = byHash();

    private final String spelling;

    KnownField(String spelling) {
        this.spelling = spelling;
    }

    /** As the registry spells it. */
    public String spelling() {
        return spelling;
    }

    static KnownField at(int ordinal) {
        return ALL[ordinal];
    }

    /** The field of that name, whatever its case. */
    static KnownField of(byte[] octets, int start, int end) {
        int hash = hash(octets[start], octets[end - 1], end - start);
        for (KnownField candidate : BY_HASH[hash]) {
            if (Octets.equalsIgnoreCase(octets, start, end, candidate.spelling)) {
                return candidate;
            }
        }
        return OTHER;
    }

    static KnownField of(String name) {
        byte[] octets = name.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        return octets.length == 0 ? OTHER : of(octets, 0, octets.length);
    }

    private static int hash(byte first, byte last, int length) {
        return ((first | 0x20) * 31 + (last | 0x20) * 7 + length * 61) & (SLOTS - 1);
    }

    private static KnownField[][] byHash() {
        KnownField[][] slots = new KnownField[SLOTS][0];
        for (KnownField field : ALL) {
            if (field != OTHER) {
                byte[] name =
                        field.spelling.toLowerCase(Locale.ROOT).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
                int hash = hash(name[0], name[name.length - 1], name.length);
                KnownField[] longer = java.util.Arrays.copyOf(slots[hash], slots[hash].length + 1);
                longer[longer.length - 1] = field;
                slots[hash] = longer;
            }
        }
        return slots;
    }
}
