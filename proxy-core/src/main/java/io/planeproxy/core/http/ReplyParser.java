package io.planeproxy.core.http;

import io.planeproxy.core.cause.Cause;
import java.util.List;

/** From bytes to a {@link ReplyHead}, or to the first rule that they break. */
final class ReplyParser {
    private ReplyParser() {}

    static ReplyHead parse(byte[] octets, Method method, Intent asked) throws Rejection {
        try {
            return read(octets, method, asked);
        } catch (Rejection rejection) {
            // The grammar is shared with requests, whose causes speak of clients.
            Malformed found = rejection.malformed();
            throw found.cause() == Cause.UPSTREAM_SWITCH_INVALID
                    ? rejection
                    : new Rejection(Cause.UPSTREAM_MALFORMED, found.seen());
        }
    }

    private static ReplyHead read(byte[] octets, Method method, Intent asked) throws Rejection {
        StatusLine line = StatusLine.parse(octets);
        Fields fields = Fields.parse(octets, line.end(), octets.length);
        ConnectionOptions connection = ConnectionOptions.toldByUpstream(fields);
        BodyLength body = body(line, fields, method);
        if (line.status() == 101) {
            mayEndHttp(line.version(), fields);
            WebSocketAccept.check(asked, fields, connection);
            return new ReplyHead(line, fields, connection, body, ReplyHead.Kind.SWITCH);
        }
        ReplyHead.Kind kind = line.status() < 200 ? ReplyHead.Kind.INTERIM : ReplyHead.Kind.FINAL;
        return new ReplyHead(line, fields, connection, body, kind);
    }

    /** RFC 9110 §7.8 and §8.6: HTTP/1.0 switches to nothing, and what follows a 101 is no body. */
    private static void mayEndHttp(HttpVersion version, Fields fields) throws Rejection {
        boolean hasBody = switch (saidBody(version, fields)) {
            case BodyLength.Fixed(long bytes) -> bytes > 0;
            case BodyLength.Chunked() -> true;
            case BodyLength.None(), BodyLength.UntilClose() -> false;
        };
        if (version == HttpVersion.HTTP_1_0 || hasBody) {
            throw new Rejection(
                    Cause.UPSTREAM_SWITCH_INVALID,
                    version == HttpVersion.HTTP_1_0 ? "a 101 of HTTP/1.0" : "a 101 with a body");
        }
    }

    /** RFC 9112 §6.3; what the fields say is checked even where the status or method rules a body out. */
    private static BodyLength body(StatusLine line, Fields fields, Method method) throws Rejection {
        BodyLength said = saidBody(line.version(), fields);
        boolean bodiless = method == Method.HEAD || line.status() < 200 || line.status() == 204 || line.status() == 304;
        return bodiless ? BodyLength.NONE : said;
    }

    private static BodyLength saidBody(HttpVersion version, Fields fields) throws Rejection {
        List<String> lengths =
                fields.contains(KnownField.CONTENT_LENGTH) ? fields.all(KnownField.CONTENT_LENGTH) : List.of();
        if (fields.contains(KnownField.TRANSFER_ENCODING)) {
            List<String> codings = fields.all(KnownField.TRANSFER_ENCODING);
            boolean chunked = codings.size() == 1
                    && codings.getFirst().equalsIgnoreCase("chunked")
                    && lengths.isEmpty()
                    && version == HttpVersion.HTTP_1_1;
            if (!chunked) {
                throw new Rejection(
                        Cause.UPSTREAM_MALFORMED,
                        "Transfer-Encoding: " + String.join(", ", codings)
                                + (lengths.isEmpty() ? "" : " beside Content-Length"));
            }
            return BodyLength.CHUNKED;
        }
        if (lengths.isEmpty()) {
            return BodyLength.UNTIL_CLOSE;
        }
        BodyLength first = ContentLength.parse(lengths.getFirst());
        for (String other : lengths) {
            // RFC 9110 §8.6: a repeated length may be taken once if it is the same.
            if (!ContentLength.parse(other).equals(first)) {
                throw new Rejection(
                        Cause.UPSTREAM_MALFORMED, "different Content-Lengths " + String.join(" and ", lengths));
            }
        }
        return first;
    }
}
