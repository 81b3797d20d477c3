package io.planeproxy.core.relay;

import io.planeproxy.core.cause.Cause;
import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.exchange.Event;
import io.planeproxy.core.route.Upstream;
import java.time.Duration;

/** Where upstream connections come from; one for each event loop. */
public interface UpstreamSource {

    /** Asks for a connection. The taker is told exactly once, perhaps before this returns, unless the claim is withdrawn. */
    Claim lease(Upstream upstream, Freshness freshness, Taker taker);

    /**
     * Waits until the upstream is back, then asks for a new connection. The taker is told exactly once, perhaps before this
     * returns, unless the claim is withdrawn: of a connection, of why none could be had, or with {@link Cause#UPSTREAM_AWAY}
     * that the time is over or too many wait already. Where the connection turns out to be worth nothing, the taker may come
     * again, which also says that the upstream is not back.
     */
    Claim hold(Upstream upstream, Stay stay, Taker taker);

    /**
     * How somebody waits for an upstream.
     *
     * @param limit for how long from now on
     * @param most how many may wait at the same time, for whatever upstream
     * @param why what says that it is away
     */
    record Stay(Duration limit, int most, Refusal why) {}

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
