package io.planeproxy.core.relay;

/**
 * All that is told of a tunnel when it is over.
 *
 * @param last what it was at its end
 * @param ending how it came to it
 */
public record TunnelRecord(TunnelSnapshot last, TunnelEnding ending) {

    /** Bytes from the client. */
    public long received() {
        return last.fromClient().bytes();
    }

    /** Bytes to the client, as they came from the upstream. */
    public long sent() {
        return last.fromUpstream().bytes();
    }
}
