package io.planeproxy.core.relay;

import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.forward.ClientFacts;
import io.planeproxy.core.route.Upstream;

/** What happens too often, or says too little, to be told one by one, and is worth counting. Called on event loops: must not block. */
public interface Tally {
    /** A client's TLS handshake is done. @param protocol its version as TLS libraries name it, such as {@code TLSv1.3} */
    default void handshakeDone(ClientFacts client, String protocol) {}

    /** A connection to an upstream is there, its TLS included. */
    default void upstreamConnected(Upstream upstream) {}

    /** No connection to an upstream could be made. */
    default void upstreamConnectFailed(Upstream upstream, Refusal refusal) {}

    /** A request is sent once more, since the kept connection turned out to be closed. */
    default void requestRepeated(Upstream upstream) {}

    /** A field of a request was left out for the underscore in its name. */
    default void fieldLeftOut(ClientFacts client, String name) {}

    /** A ping that passed through a tunnel was answered. @param by the side that answered @param nanos from the proxy to that side and back */
    default void ponged(Party by, long nanos) {}

    /** An event loop came late to a task that is due at a steady pace. @param nanos by how much, at least 0 */
    default void eventLoopLate(long nanos) {}
}
