package io.planeproxy.core.upstream;

import io.planeproxy.core.cause.Cause;
import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.relay.Callbacks;
import io.planeproxy.core.relay.UpstreamSource;
import io.planeproxy.core.relay.UpstreamSource.Claim;
import io.planeproxy.core.relay.UpstreamSource.Stay;
import io.planeproxy.core.relay.UpstreamSource.Taker;
import io.planeproxy.core.route.Upstream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Those who wait on one event loop for upstreams that are away. */
final class Holds {
    private static final Claim SETTLED = () -> {};

    private final Callbacks callbacks;
    private final UpstreamSource connections;
    private final HoldCount count;
    private final Map<Upstream, HoldLane> lanes = new HashMap<>();
    private boolean closed;

    /** @param connections where those who wait get their connections in the end */
    Holds(Callbacks callbacks, UpstreamSource connections, HoldCount count) {
        this.callbacks = callbacks;
        this.connections = connections;
        this.count = count;
    }

    Claim hold(Upstream upstream, Stay stay, Taker taker) {
        if (closed) {
            taker.leaseFailed(shutDown(upstream));
            return SETTLED;
        }
        if (stay.limit().isNegative() || stay.limit().isZero()) {
            taker.leaseFailed(away(stay.why(), "and the time for which it is waited for is over"));
            return SETTLED;
        }
        if (count.enter(stay.most()) == HoldCount.Verdict.FULL) {
            taker.leaseFailed(away(stay.why(), "and " + stay.most() + " requests wait already"));
            return SETTLED;
        }
        HoldLane lane = lanes.computeIfAbsent(
                upstream, to -> new HoldLane(to, stay.why(), callbacks, connections, count, () -> lanes.remove(to)));
        return lane.add(stay, taker);
    }

    static Refusal away(Refusal why, String then) {
        return new Refusal(Cause.UPSTREAM_AWAY, why.cause().code() + ": " + why.detail() + ", " + then);
    }

    /** Answers all who wait, and whoever still comes, that the proxy is going. */
    void close() {
        closed = true;
        List.copyOf(lanes.entrySet()).forEach(lane -> lane.getValue().dismiss(shutDown(lane.getKey())));
    }

    private static Refusal shutDown(Upstream upstream) {
        return new Refusal(Cause.SHUTDOWN, upstream + " is away, and it is not waited for any longer");
    }
}
