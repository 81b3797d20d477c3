package io.planeproxy.core.forward;

import io.planeproxy.core.http.Fields;
import io.planeproxy.core.http.KnownField;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * The name under which a request is found again in the logs of everybody it passes: X-Request-Id, which no standard
 * defines. A client's own is kept where it can do no harm in a log.
 */
public record RequestId(String text) {
    /** Longer ones are not kept. */
    static final int LONGEST = 128;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);

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
        return drawn(random);
    }

    /** A new one, for what is no request. */
    public static RequestId drawn() {
        return drawn(ThreadLocalRandom.current());
    }

    private static RequestId drawn(RandomGenerator random) {
        byte[] digits = new byte[2 * Long.BYTES * 2];
        writeHex(random.nextLong(), digits, 0);
        writeHex(random.nextLong(), digits, digits.length / 2);
        return new RequestId(new String(digits, StandardCharsets.ISO_8859_1));
    }

    private static void writeHex(long value, byte[] digits, int at) {
        for (int i = 0; i < 2 * Long.BYTES; i++) {
            digits[at + i] = HEX[(int) (value >>> 4 * i) & 0xF];
        }
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
