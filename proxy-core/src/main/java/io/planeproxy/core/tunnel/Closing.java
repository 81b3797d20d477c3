package io.planeproxy.core.tunnel;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/**
 * What a close frame says (RFC 6455 §5.5.1).
 *
 * @param code 1000 to 4999 as a rule; none where the frame is empty
 * @param reason as it was sent, made printable; empty where the frame is masked, since only its code is looked at
 */
public record Closing(OptionalInt code, String reason) {

    static Closing plain(byte[] payload, int length) {
        if (length < 2) {
            return new Closing(OptionalInt.empty(), "");
        }
        String reason = new String(payload, 2, length - 2, StandardCharsets.UTF_8);
        return new Closing(OptionalInt.of((payload[0] & 0xff) << 8 | payload[1] & 0xff), printable(reason));
    }

    static Closing masked(byte[] payload, int length, byte[] header, int maskAt) {
        if (length < 2) {
            return new Closing(OptionalInt.empty(), "");
        }
        int high = (payload[0] ^ header[maskAt]) & 0xff;
        int low = (payload[1] ^ header[maskAt + 1]) & 0xff;
        return new Closing(OptionalInt.of(high << 8 | low), "");
    }

    private static String printable(String text) {
        StringBuilder printable = new StringBuilder();
        text.codePoints().forEach(c -> printable.appendCodePoint(Character.isISOControl(c) || c == '"' ? '?' : c));
        return printable.toString();
    }

    /** In plain words: {@code 4205 "Reset Connection"}. */
    @Override
    public String toString() {
        String text = code.isPresent() ? Integer.toString(code.getAsInt()) : "without a code";
        return reason.isEmpty() ? text : text + " \"" + reason + "\"";
    }
}
