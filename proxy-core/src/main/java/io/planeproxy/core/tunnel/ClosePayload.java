package io.planeproxy.core.tunnel;

import io.planeproxy.core.relay.Closing;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/** Reads what a close frame says (RFC 6455 §5.5.1). */
final class ClosePayload {
    private ClosePayload() {}

    static Closing plain(byte[] payload, int length) {
        if (length < 2) {
            return new Closing(OptionalInt.empty(), "");
        }
        String reason = new String(payload, 2, length - 2, StandardCharsets.UTF_8);
        return new Closing(OptionalInt.of((payload[0] & 0xff) << 8 | payload[1] & 0xff), printable(reason));
    }

    /** Only the two bytes of the code are unmasked. @param maskAt where the masking key stands in the header */
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
}
