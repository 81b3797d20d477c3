package io.planeproxy.core.http;

/**
 * A reply as received and proven sane: its length is certain, and a 101 is one that the request asked for. Made by
 * {@link #parse} only.
 */
public final class ReplyHead implements ParsedReply {
    private final StatusLine line;
    private final Fields fields;
    private final ConnectionOptions connection;
    private final BodyLength body;
    private final Kind kind;

    ReplyHead(StatusLine line, Fields fields, ConnectionOptions connection, BodyLength body, Kind kind) {
        this.line = line;
        this.fields = fields;
        this.connection = connection;
        this.body = body;
        this.kind = kind;
    }

    /** What place a reply has in its exchange (RFC 9110 §15.2). */
    public enum Kind {
        /** 1xx but 101: another reply follows. */
        INTERIM,
        /** 101, agreeing to what was asked. */
        SWITCH,
        FINAL
    }

    /**
     * Reads one reply head.
     *
     * @param octets the head from its first byte to the end of its empty line; they must not change afterwards
     * @param method the method of the request it answers, which decides whether there is a body
     * @param asked the intent of the request as it was forwarded, which a 101 must match
     */
    public static ParsedReply parse(byte[] octets, Method method, Intent asked) {
        try {
            return ReplyParser.parse(octets, method, asked);
        } catch (Rejection rejection) {
            return rejection.malformed();
        }
    }

    /** 100 to 599. */
    public int status() {
        return line.status();
    }

    /** As the upstream worded it; may be empty. */
    public String reason() {
        return line.reason();
    }

    public HttpVersion version() {
        return line.version();
    }

    public Fields fields() {
        return fields;
    }

    public ConnectionOptions connection() {
        return connection;
    }

    public BodyLength body() {
        return body;
    }

    public Kind kind() {
        return kind;
    }

    @Override
    public String toString() {
        return "reply " + status();
    }
}
