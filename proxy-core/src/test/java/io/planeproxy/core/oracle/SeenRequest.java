package io.planeproxy.core.oracle;

import io.planeproxy.core.kit.Wire;

/**
 * A request as some reader saw it, one character a byte.
 *
 * @param head as it came, without the empty line behind it
 * @param target in origin-form, or the asterisk
 * @param body as much of it as there is
 */
record SeenRequest(String head, String method, String target, String body, End end) {

    enum End {
        WHOLE,
        CUT
    }

    boolean isWhole() {
        return end == End.WHOLE;
    }

    /** Whether it is the server as a whole that is asked, which the proxy answers itself (RFC 9110 §9.3.7). */
    boolean isForTheServer() {
        return method.equals("OPTIONS") && target.equals("*");
    }

    /** Whether that other one is this one, or the beginning of it where it was cut. */
    boolean covers(SeenRequest other) {
        return method.equals(other.method)
                && target.equals(other.target)
                && (other.isWhole() ? isWhole() && body.equals(other.body) : body.startsWith(other.body));
    }

    @Override
    public String toString() {
        return method + " " + target + " with " + Wire.show(Wire.bytes(body)) + ", " + end;
    }
}
