package io.planeproxy.core.kit;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** One request at a {@link ScriptedUpstream}, and the means to answer it in any way, right or wrong. */
public final class UpstreamExchange {
    private final UpstreamConnection connection;
    private final Request head;
    private Optional<Request> whole = Optional.empty();
    private boolean switched;

    UpstreamExchange(UpstreamConnection connection, Request head) {
        this.connection = connection;
        this.head = head;
    }

    /** The request line and the fields; the body is empty. */
    public Request head() {
        return head;
    }

    public UpstreamConnection connection() {
        return connection;
    }

    /** The whole request: reads the body when it has not been read yet. */
    public Request request() {
        if (whole.isEmpty()) {
            Request request = connection.readBody(head);
            whole = Optional.of(request);
        }
        return whole.orElseThrow();
    }

    public void write(String latin1) throws IOException {
        write(Wire.bytes(latin1));
    }

    public void write(byte[] bytes) throws IOException {
        connection.write(bytes);
    }

    /** Each piece with a write of its own. */
    public void write(List<byte[]> pieces) throws IOException {
        for (byte[] piece : pieces) {
            write(piece);
        }
    }

    /** Writes a 101 that accepts the key of this request. */
    public void switchProtocols() throws IOException {
        switchProtocols("");
    }

    /** Writes a 101 that accepts the key of this request, and in the same write the first bytes of the new protocol. */
    public void switchProtocols(String glued) throws IOException {
        switched = true;
        write(WebSocketHandshake.switching(head.value("Sec-WebSocket-Key").orElse("")) + glued);
    }

    /** Sends every byte back until the peer ends, then ends too. */
    public void echo() throws IOException {
        switched = true;
        for (byte[] part = some(); part.length > 0; part = some()) {
            write(part);
        }
        halfClose();
    }

    /** Exactly so many raw bytes behind the head. */
    public byte[] bytes(int count) {
        switched = true;
        return connection.bytes(count);
    }

    /** At least one raw byte behind the head, or none at the peer's end. */
    public byte[] some() {
        switched = true;
        return connection.some();
    }

    /** Reads, and drops from the script's sight, all until the peer ends. */
    public Rest untilEnd() {
        switched = true;
        return connection.untilEnd();
    }

    public void halfClose() throws IOException {
        connection.halfClose();
    }

    public void close() throws IOException {
        connection.close();
    }

    public void reset() throws IOException {
        connection.reset();
    }

    /** After the script: reads what it left unread, unless it went over to raw bytes. */
    void finish() {
        if (!switched && !connection.isClosed()) {
            request();
        }
    }

    /** True when the connection goes on with another request. */
    boolean isHttpStill() {
        return !switched && !connection.isClosed();
    }
}
