package io.planeproxy.server.accesslog;

import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.exchange.Outcome;
import io.planeproxy.core.forward.ClientFacts;
import io.planeproxy.core.forward.RequestId;
import io.planeproxy.core.http.RequestHead;
import io.planeproxy.core.http.Scheme;
import io.planeproxy.core.relay.ExchangeRecord;
import io.planeproxy.core.relay.Phases;
import io.planeproxy.core.relay.TunnelRecord;
import io.planeproxy.core.relay.TunnelSnapshot;
import io.planeproxy.core.route.Route;
import io.planeproxy.core.route.Upstream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a line can tell.
 *
 * @param at when it ended
 * @param client the client's address as the proxy vouches for it
 * @param scheme how the client came in
 * @param head the request, where it was one
 * @param id the request's name
 * @param route the way that it took or would have taken
 * @param status what the client was sent
 * @param received bytes of body, or through the tunnel, from the client
 * @param sent bytes of body, or through the tunnel, to the client
 * @param took how long it lasted
 * @param phases where that time went
 * @param upstream where it went
 * @param outcome how it ended, in one word
 * @param ending how a tunnel ended, in plain words
 * @param failure what went wrong
 */
record Entry(
        Kind kind,
        Instant at,
        String client,
        Scheme scheme,
        Optional<RequestHead> head,
        Optional<RequestId> id,
        Optional<Route> route,
        OptionalInt status,
        long received,
        long sent,
        Optional<Duration> took,
        Phases phases,
        Optional<Upstream> upstream,
        String outcome,
        Optional<String> ending,
        Optional<Refusal> failure) {

    enum Kind {
        EXCHANGE,
        /** An exchange that became a tunnel, which is told of once more when it ends. */
        SWITCH,
        TUNNEL,
        /** What came was no request. */
        STRAY
    }

    static Entry of(ExchangeRecord exchange, Instant at) {
        return new Entry(
                exchange.outcome() instanceof Outcome.Switched ? Kind.SWITCH : Kind.EXCHANGE,
                at,
                exchange.clientAddress(),
                exchange.facts().scheme(),
                Optional.of(exchange.head()),
                Optional.of(exchange.id()),
                exchange.route(),
                exchange.status(),
                exchange.received(),
                exchange.sent(),
                Optional.of(exchange.took()),
                exchange.phases(),
                exchange.upstream(),
                exchange.outcome().word(),
                Optional.empty(),
                exchange.outcome().failure());
    }

    static Entry of(TunnelRecord tunnel, Instant at) {
        TunnelSnapshot last = tunnel.last();
        return new Entry(
                Kind.TUNNEL,
                at,
                last.clientAddress(),
                last.facts().scheme(),
                Optional.of(last.head()),
                Optional.of(last.id()),
                Optional.empty(),
                OptionalInt.of(101),
                tunnel.received(),
                tunnel.sent(),
                Optional.of(last.age()),
                Phases.HERE,
                Optional.of(last.upstream()),
                "ended",
                Optional.of(tunnel.ending().words()),
                tunnel.cause().map(cause -> new Refusal(cause, "")));
    }

    static Entry of(ClientFacts client, RequestId id, Refusal refusal, Instant at) {
        return new Entry(
                Kind.STRAY,
                at,
                client.peerText(),
                client.scheme(),
                Optional.empty(),
                Optional.of(id),
                Optional.empty(),
                OptionalInt.of(refusal.cause().status()),
                0,
                0,
                Optional.empty(),
                Phases.HERE,
                Optional.empty(),
                "refused",
                Optional.empty(),
                Optional.of(refusal));
    }
}
