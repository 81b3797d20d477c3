package io.planeproxy.core.relay;

import io.planeproxy.core.forward.ClientFacts;
import io.planeproxy.core.forward.ForwardedIdentity;
import io.planeproxy.core.http.RequestHead;
import io.planeproxy.core.route.Upstream;

/** The proof that both sides agreed to switch: the client asked, the upstream's 101 was right and has been relayed. */
public final class Switched {
    private final ClientFacts facts;
    private final ForwardedIdentity identity;
    private final RequestHead head;
    private final Upstream upstream;
    private final TunnelEnd clientEnd;
    private final TunnelEnd upstreamEnd;

    Switched(
            ClientFacts facts,
            ForwardedIdentity identity,
            RequestHead head,
            Upstream upstream,
            TunnelEnd clientEnd,
            TunnelEnd upstreamEnd) {
        this.facts = facts;
        this.identity = identity;
        this.head = head;
        this.upstream = upstream;
        this.clientEnd = clientEnd;
        this.upstreamEnd = upstreamEnd;
    }

    public ClientFacts facts() {
        return facts;
    }

    public ForwardedIdentity identity() {
        return identity;
    }

    public RequestHead head() {
        return head;
    }

    public Upstream upstream() {
        return upstream;
    }

    public TunnelEnd clientEnd() {
        return clientEnd;
    }

    public TunnelEnd upstreamEnd() {
        return upstreamEnd;
    }
}
