package io.planeproxy.core.relay;

import java.util.OptionalInt;

/**
 * What a close frame says (RFC 6455 §5.5.1).
 *
 * @param code 1000 to 4999 as a rule; none where the frame is empty
 * @param reason as it was sent, made printable; empty where the frame is masked, since only its code is looked at
 */
public record Closing(OptionalInt code, String reason) {

    /** In plain words: {@code 4205 "Reset Connection"}. */
    @Override
    public String toString() {
        String text = code.isPresent() ? Integer.toString(code.getAsInt()) : "without a code";
        return reason.isEmpty() ? text : text + " \"" + reason + "\"";
    }
}
