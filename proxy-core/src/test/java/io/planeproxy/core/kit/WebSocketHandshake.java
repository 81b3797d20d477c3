package io.planeproxy.core.kit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The two heads of a WebSocket handshake (RFC 6455 section 4). */
public final class WebSocketHandshake {
    /** The key of the example in RFC 6455 section 1.3. */
    public static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private WebSocketHandshake() {}

    /** A whole request head that asks for a WebSocket. */
    public static String request(String target) {
        return "GET " + target + " HTTP/1.1\r\nHost: plane.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + KEY + "\r\n\r\n";
    }

    /** A whole 101 head that accepts the given key. */
    public static String switching(String key) {
        return "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: "
                + accept(key) + "\r\n\r\n";
    }

    public static String accept(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(Wire.bytes(key + GUID));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-1, which every Java must have", e);
        }
    }
}
