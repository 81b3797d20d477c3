package io.planeproxy.core.http;

import io.planeproxy.core.cause.Cause;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Whether a 101 agrees to what was asked (RFC 9110 §15.2.2, RFC 6455 §4.1). */
public final class WebSocketAccept {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private WebSocketAccept() {}

    static void check(Intent asked, Fields fields, ConnectionOptions connection) throws Rejection {
        switch (asked) {
            case Intent.Plain() -> throw new Rejection(Cause.UPSTREAM_SWITCH_INVALID, "a 101 that nobody asked for");
            case Intent.Upgrade upgrade -> checkAgreed(upgrade, fields, connection);
        }
    }

    private static void checkAgreed(Intent.Upgrade asked, Fields fields, ConnectionOptions connection)
            throws Rejection {
        String agreed = String.join(", ", fields.all(KnownField.UPGRADE)).toLowerCase(Locale.ROOT);
        List<String> offered = List.of(asked.protocol().toLowerCase(Locale.ROOT).split("\\s*,\\s*"));
        if (!connection.upgrade() || !offered.contains(agreed)) {
            throw new Rejection(
                    Cause.UPSTREAM_SWITCH_INVALID,
                    "a 101 to \"" + agreed + "\" where \"" + asked.protocol() + "\" was asked");
        }
        if (agreed.equals("websocket")) {
            checkAccept(asked, fields);
        }
    }

    private static void checkAccept(Intent.Upgrade asked, Fields fields) throws Rejection {
        if (asked.webSocketKey().isEmpty()) {
            throw new Rejection(Cause.UPSTREAM_SWITCH_INVALID, "a 101 to a request without one Sec-WebSocket-Key");
        }
        String expected = of(asked.webSocketKey().get());
        if (fields.count(KnownField.SEC_WEBSOCKET_ACCEPT) != 1
                || !fields.first(KnownField.SEC_WEBSOCKET_ACCEPT).orElse("").equals(expected)) {
            throw new Rejection(Cause.UPSTREAM_SWITCH_INVALID, "a 101 with a wrong or missing Sec-WebSocket-Accept");
        }
    }

    /** The Sec-WebSocket-Accept that answers a key. */
    public static String of(String key) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            return Base64.getEncoder().encodeToString(sha1.digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
