package io.planeproxy.core.relay;

import io.planeproxy.core.forward.ClientFacts;
import io.planeproxy.core.forward.ForwardedIdentity;
import io.planeproxy.core.forward.RequestId;
import io.planeproxy.core.http.KnownField;
import io.planeproxy.core.http.RequestHead;
import io.planeproxy.core.route.Upstream;
import java.util.EnumSet;
import java.util.Set;

/** The proof that both sides agreed to switch: the client asked, the upstream's 101 was right and has been relayed. */
public final class Switched {
    /** What a tunnel's record may be asked for; the others are forgotten while the tunnel is open. */
    private static final Set<KnownField> REMEMBERED =
            EnumSet.of(KnownField.USER_AGENT, KnownField.REFERER, KnownField.TRACEPARENT);

    private final ClientFacts facts;
    private final String clientAddress;
    private final RequestId id;
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
        this.clientAddress = identity.client();
        this.id = identity.id();
        this.head = head.keeping(REMEMBERED);
        this.upstream = upstream;
        this.clientEnd = clientEnd;
        this.upstreamEnd = upstreamEnd;
    }

    public ClientFacts facts() {
        return facts;
    }

    /** The client's address as the proxy vouches for it. */
    public String clientAddress() {
        return clientAddress;
    }

    /** The name of the request. */
    public RequestId id() {
        return id;
    }

    /** Of its fields only those that a log may ask for. */
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
