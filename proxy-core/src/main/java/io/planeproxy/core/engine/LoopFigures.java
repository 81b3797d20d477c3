package io.planeproxy.core.engine;

import io.planeproxy.core.relay.TunnelTraffic;
import io.planeproxy.core.upstream.PoolFigures;
import java.util.List;

/**
 * What there is on one event loop at one moment, between two of its turns. Counted anew each time from what is there, so that no
 * figure can be left behind.
 *
 * @param clients connections of clients that speak HTTP, or have not said anything yet
 * @param tunnels open ones
 * @param fromClients what has come from clients in all tunnels so far, open or over
 * @param fromUpstreams the same from upstreams
 * @param pools one for each upstream that there is something to
 */
public record LoopFigures(
        int clients, int tunnels, TunnelTraffic fromClients, TunnelTraffic fromUpstreams, List<PoolFigures> pools) {
    public LoopFigures {
        pools = List.copyOf(pools);
    }
}
