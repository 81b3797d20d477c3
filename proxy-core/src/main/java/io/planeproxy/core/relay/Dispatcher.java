package io.planeproxy.core.relay;

import io.planeproxy.core.exchange.Answer;
import io.planeproxy.core.exchange.Exchange;
import io.planeproxy.core.exchange.Refusal;
import io.planeproxy.core.exchange.RefusalPage;
import io.planeproxy.core.forward.ForwardedIdentity;
import io.planeproxy.core.forward.TrustedProxies;
import io.planeproxy.core.http.BodyLength;
import io.planeproxy.core.http.RequestHead;
import io.planeproxy.core.route.Decision;
import io.planeproxy.core.route.Route;
import io.planeproxy.core.route.Router;
import java.util.Optional;

/** Takes each proven request to its decision: one for each listener and event loop. */
public final class Dispatcher {
    private final Router router;
    private final TrustedProxies trusted;
    private final UpstreamSource upstreams;
    private final TunnelOpener tunnels;
    private final Journal journal;

    public Dispatcher(
            Router router, TrustedProxies trusted, UpstreamSource upstreams, TunnelOpener tunnels, Journal journal) {
        this.router = router;
        this.trusted = trusted;
        this.upstreams = upstreams;
        this.tunnels = tunnels;
        this.journal = journal;
    }

    /** The listener that will see the exchange through; nothing happens before it is started. */
    public ClientStream.Listener open(RequestHead head, ClientStream client) {
        return switch (router.decide(head)) {
            case Decision.Forward(Route route) -> forward(head, route, client);
            case Decision.Redirect(int status, String location) ->
                answered(head, client, Answer.redirect(status, location, afterAnswer(head)));
            case Decision.AnswerOptions() -> answered(head, client, Answer.options());
        };
    }

    private ClientStream.Listener forward(RequestHead head, Route route, ClientStream client) {
        ForwardedIdentity identity = ForwardedIdentity.of(head, client.facts(), trusted);
        if (head.body() instanceof BodyLength.Fixed(long bytes)
                && route.bodyLimit().isExceededBy(bytes)) {
            Refusal refusal = Exchange.overLimit(route.bodyLimit(), bytes);
            return new AnsweredExchange(
                    head, client, identity, RefusalPage.of(refusal, Optional.of(head)), Optional.of(refusal), journal);
        }
        return new ExchangeDriver(head, route, identity, client, upstreams, tunnels, journal);
    }

    private ClientStream.Listener answered(RequestHead head, ClientStream client, Answer answer) {
        ForwardedIdentity identity = ForwardedIdentity.of(head, client.facts(), trusted);
        return new AnsweredExchange(head, client, identity, answer, Optional.empty(), journal);
    }

    /** A body that nobody reads would be taken for the next request. */
    private static Answer.After afterAnswer(RequestHead head) {
        return head.body().isEmpty() ? Answer.After.KEEP : Answer.After.CLOSE;
    }
}
