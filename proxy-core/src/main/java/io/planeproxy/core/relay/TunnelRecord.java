package io.planeproxy.core.relay;

import io.planeproxy.core.forward.ClientFacts;
import io.planeproxy.core.http.RequestHead;
import io.planeproxy.core.route.Upstream;
import java.time.Duration;

/**
 * All that is told of a tunnel when it is over.
 *
 * @param received bytes from the client
 * @param sent bytes to the client
 * @param took from the switch to the end
 * @param ending how it ended, in plain words
 */
public record TunnelRecord(
        ClientFacts facts,
        String clientAddress,
        RequestHead head,
        Upstream upstream,
        long received,
        long sent,
        Duration took,
        String ending) {}
