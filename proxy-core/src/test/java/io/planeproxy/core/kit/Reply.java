package io.planeproxy.core.kit;

import java.util.List;

/**
 * A final reply as a client got it, read strictly, with the interim replies that came before it.
 *
 * @param version such as {@code HTTP/1.1}
 * @param body the content, chunks joined
 */
public record Reply(
        List<Reply> interim,
        String version,
        int status,
        String reason,
        List<Field> fields,
        Framing framing,
        byte[] body,
        List<Field> trailers)
        implements Message {

    public String bodyText() {
        return Wire.text(body);
    }

    Reply after(List<Reply> before) {
        return new Reply(before, version, status, reason, fields, framing, body, trailers);
    }

    @Override
    public String toString() {
        return interim + " " + version + " " + status + " " + reason + " " + fields + " body=" + Wire.show(body)
                + " trailers=" + trailers;
    }
}
