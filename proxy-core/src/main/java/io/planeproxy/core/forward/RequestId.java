package io.planeproxy.core.forward;

import io.planeproxy.core.http.Fields;
import io.planeproxy.core.http.KnownField;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The name under which a request is found again in the logs of everybody it passes: X-Request-Id, which no standard
 * defines. A client's own is kept where it can do no harm in a log.
 */
public record RequestId(String text) {
    /** Longer ones are not kept. */
    static final int LONGEST = 128;

    public RequestId {
        if (!isSane(text)) {
            throw new IllegalArgumentException("\"" + text + "\" is not a request id: expected 1 to " + LONGEST
                    + " letters, digits and any of - . _ : = + / @");
        }
    }

    /** The client's, where it sent exactly one that is sane; a new one otherwise. */
    public static RequestId of(Fields received, RandomGenerator random) {
        if (received.contains(KnownField.X_REQUEST_ID)) {
            List<String> sent = received.all(KnownField.X_REQUEST_ID);
            if (sent.size() == 1 && isSane(sent.getFirst())) {
                return new RequestId(sent.getFirst());
            }
        }
        HexFormat hex = HexFormat.of();
        return new RequestId(hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong()));
    }

    private static boolean isSane(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isSane(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= LONGEST;
    }

    private static boolean isSane(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-._:=+/@".indexOf(c) >= 0;
    }

    @Override
    public String toString() {
        return text;
    }
}
