package io.planeproxy.core.kit;

import java.util.List;

/**
 * A request as an upstream got it, read strictly.
 *
 * @param version such as {@code HTTP/1.1}
 * @param body the content, chunks joined; empty where only the head has been read
 */
public record Request(
        String method,
        String target,
        String version,
        List<Field> fields,
        Framing framing,
        byte[] body,
        List<Field> trailers)
        implements Message {

    public String bodyText() {
        return Wire.text(body);
    }

    @Override
    public String toString() {
        return method + " " + target + " " + version + " " + fields + " body=" + Wire.show(body) + " trailers="
                + trailers;
    }
}
