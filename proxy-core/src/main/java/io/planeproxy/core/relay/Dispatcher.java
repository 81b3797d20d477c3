package io.planeproxy.core.relay;

import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.exchange.Answer;
import io.planeproxy.core.exchange.Asked;
import io.planeproxy.core.exchange.Exchange;
import io.planeproxy.core.exchange.RefusalPage;
import io.planeproxy.core.forward.AddedFields;
import io.planeproxy.core.forward.ForwardedIdentity;
import io.planeproxy.core.forward.RequestId;
import io.planeproxy.core.forward.TrustedProxies;
import io.planeproxy.core.http.BodyLength;
import io.planeproxy.core.http.RequestHead;
import io.planeproxy.core.route.Decision;
import io.planeproxy.core.route.Route;
import io.planeproxy.core.route.Router;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Takes each proven request to its decision: one for each listener and event loop. */
public final class Dispatcher {
    private final Router router;
    private final TrustedProxies trusted;
    private final UpstreamSource upstreams;
    private final TunnelOpener tunnels;
    private final Journal journal;
    private final Admission admission;
    private final AddedFields added;

    /** For everybody, and nothing added to replies. */
    public Dispatcher(
            Router router, TrustedProxies trusted, UpstreamSource upstreams, TunnelOpener tunnels, Journal journal) {
        this(router, trusted, Admission.EVERYBODY, AddedFields.NONE, upstreams, tunnels, journal);
    }

    /** @param added what is said in every reply and answer that does not say it itself */
    public Dispatcher(
            Router router,
            TrustedProxies trusted,
            Admission admission,
            AddedFields added,
            UpstreamSource upstreams,
            TunnelOpener tunnels,
            Journal journal) {
        this.router = router;
        this.trusted = trusted;
        this.admission = admission;
        this.added = added;
        this.upstreams = upstreams;
        this.tunnels = tunnels;
        this.journal = journal;
    }

    /** The listener that will see the exchange through; nothing happens before it is started. */
    public ClientStream.Listener open(RequestHead head, ClientStream client) {
        RequestId id = RequestId.of(head.fields(), ThreadLocalRandom.current());
        ForwardedIdentity identity = ForwardedIdentity.of(head, client.facts(), trusted, id);
        InetAddress address = identity.clientAddress(client.facts());
        Optional<Refusal> unwelcome = admission.refuse(address);
        if (unwelcome.isPresent()) {
            return refused(head, client, identity, unwelcome.get(), Optional.empty());
        }
        return switch (router.decide(head)) {
            case Decision.Forward(Route route) -> forward(head, route, identity, address, client);
            case Decision.Refuse(Refusal refusal) -> refused(head, client, identity, refusal, Optional.empty());
            case Decision.Redirect(int status, String location) ->
                answered(head, client, identity, Answer.redirect(status, location));
            case Decision.AnswerOptions() -> answered(head, client, identity, Answer.options());
        };
    }

    /** The answer to something that is no request, or comes when there is no place for it. */
    public Answer refusal(Refusal refusal, RequestId id) {
        return RefusalPage.of(refusal, id).with(added);
    }

    private ClientStream.Listener forward(
            RequestHead head, Route route, ForwardedIdentity identity, InetAddress address, ClientStream client) {
        Optional<Refusal> unwelcome = Admission.refuse(head, route, address);
        if (unwelcome.isPresent()) {
            return refused(head, client, identity, unwelcome.get(), Optional.of(route));
        }
        if (head.body() instanceof BodyLength.Fixed(long bytes)
                && route.bodyLimit().isExceededBy(bytes)) {
            return refused(head, client, identity, Exchange.overLimit(route.bodyLimit(), bytes), Optional.of(route));
        }
        return new ExchangeDriver(head, route, identity, added, client, upstreams, tunnels, journal);
    }

    private ClientStream.Listener refused(
            RequestHead head, ClientStream client, ForwardedIdentity identity, Refusal refusal, Optional<Route> route) {
        Answer answer = RefusalPage.of(refusal, new Asked(head, identity.id())).with(added);
        return new AnsweredExchange(head, client, identity, answer, Optional.of(refusal), route, journal);
    }

    private ClientStream.Listener answered(
            RequestHead head, ClientStream client, ForwardedIdentity identity, Answer answer) {
        return new AnsweredExchange(
                head,
                client,
                identity,
                answer.to(identity.id()).with(added),
                Optional.empty(),
                Optional.empty(),
                journal);
    }
}
