package io.planeproxy.core.kit;

import io.planeproxy.core.http.Intent;
import io.planeproxy.core.http.Malformed;
import io.planeproxy.core.http.Method;
import io.planeproxy.core.http.ReplyHead;
import io.planeproxy.core.http.RequestHead;
import io.planeproxy.core.http.Scheme;
import java.nio.charset.StandardCharsets;

/** Heads out of their lines, for tests that have no socket. */
public final class Heads {
    private Heads() {}

    /** The bytes of a head: its lines, each with CRLF, and the empty line. One character is one byte. */
    public static byte[] octets(String... lines) {
        return (String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A request that came in over plain HTTP. Fails if the lines are none. */
    public static RequestHead request(String... lines) {
        return request(Scheme.HTTP, lines);
    }

    public static RequestHead request(Scheme scheme, String... lines) {
        return switch (RequestHead.parse(octets(lines), scheme)) {
            case RequestHead head -> head;
            case Malformed malformed -> throw new AssertionError("no request: " + malformed);
        };
    }

    /** A reply to a GET that asked for nothing but a reply. Fails if the lines are none. */
    public static ReplyHead reply(String... lines) {
        return reply(Method.GET, lines);
    }

    public static ReplyHead reply(Method method, String... lines) {
        return switch (ReplyHead.parse(octets(lines), method, Intent.PLAIN)) {
            case ReplyHead head -> head;
            case Malformed malformed -> throw new AssertionError("no reply: " + malformed);
        };
    }
}
