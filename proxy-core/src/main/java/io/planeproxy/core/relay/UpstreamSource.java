package io.planeproxy.core.relay;

import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.exchange.Event;
import io.planeproxy.core.route.Upstream;

/** Where upstream connections come from; one for each event loop. */
public interface UpstreamSource {

    /** Asks for a connection. The taker is told exactly once, perhaps before this returns, unless the claim is withdrawn. */
    Claim lease(Upstream upstream, Freshness freshness, Taker taker);

    /** Whether a connection that has served before will do. */
    enum Freshness {
        ANY,
        NEW
    }

    /** A request for a connection that is still open. */
    interface Claim {
        void withdraw();
    }

    interface Taker {
        void leased(UpstreamStream stream, Event.Leased.Origin origin);

        void leaseFailed(Refusal refusal);
    }
}
