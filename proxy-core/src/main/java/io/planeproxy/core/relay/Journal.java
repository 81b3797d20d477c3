package io.planeproxy.core.relay;

import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.forward.ClientFacts;
import io.planeproxy.core.forward.RequestId;

/** Where everything that ends is told. Called on event loops: must not block. */
public interface Journal extends Tally {
    void exchangeEnded(ExchangeRecord exchange);

    void tunnelEnded(TunnelRecord tunnel);

    /**
     * Something came that is not a request, or that stopped before it was one.
     *
     * @param id what it is called here, and in the answer where it has got one
     */
    void requestRefused(ClientFacts client, RequestId id, Refusal refusal);

    void handshakeFailed(ClientFacts client, Throwable cause);

    /** What passes through a WebSocket tunnel is no WebSocket; it goes on all the same. Told once for each direction. */
    void tunnelMalformed(ClientFacts client, String seen);

    /** A fault of our own; one exchange or tunnel was ended for it. */
    void bug(String during, Throwable fault);
}
