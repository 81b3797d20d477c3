package io.planeproxy.core.relay;

import io.planeproxy.core.forward.ClientFacts;
import io.planeproxy.core.forward.RequestId;
import io.planeproxy.core.http.RequestHead;
import io.planeproxy.core.route.Upstream;
import java.time.Duration;

/**
 * A tunnel as it is at one moment.
 *
 * @param clientAddress the client's address as the proxy vouches for it
 * @param head the request that became the tunnel
 * @param id the name of that request
 * @param age since the switch
 */
public record TunnelSnapshot(
        ClientFacts facts,
        String clientAddress,
        RequestHead head,
        RequestId id,
        Upstream upstream,
        Duration age,
        TunnelFlow fromClient,
        TunnelFlow fromUpstream,
        RoundTrips roundTrips) {}
