package io.planeproxy.core.relay;

import io.planeproxy.core.exchange.Outcome;
import io.planeproxy.core.forward.ClientFacts;
import io.planeproxy.core.forward.RequestId;
import io.planeproxy.core.http.RequestHead;
import io.planeproxy.core.route.Route;
import io.planeproxy.core.route.Upstream;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * All that is told of an exchange when it is over.
 *
 * @param clientAddress the client's address as the proxy vouches for it
 * @param id the name of the request
 * @param route the way that it took or would have taken, if it came so far
 * @param status the status the client was sent, if any
 * @param received bytes of the request body that passed
 * @param sent bytes of the reply body that passed
 * @param took from the request's head to the end
 * @param phases where that time went
 * @param upstream where it went, unless it was answered here
 */
public record ExchangeRecord(
        ClientFacts facts,
        String clientAddress,
        RequestHead head,
        RequestId id,
        Optional<Route> route,
        OptionalInt status,
        long received,
        long sent,
        Duration took,
        Phases phases,
        Optional<Upstream> upstream,
        Outcome outcome) {}
