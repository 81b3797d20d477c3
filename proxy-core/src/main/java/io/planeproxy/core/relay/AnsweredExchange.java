package io.planeproxy.core.relay;

import io.netty.buffer.ByteBuf;
import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.exchange.Answer;
import io.planeproxy.core.exchange.Outcome;
import io.planeproxy.core.forward.ForwardedIdentity;
import io.planeproxy.core.http.RequestHead;
import io.planeproxy.core.route.Route;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** An exchange that is answered by the proxy alone, as soon as its head is known. */
final class AnsweredExchange implements ClientStream.Listener {
    private final RequestHead head;
    private final ClientStream client;
    private final ForwardedIdentity identity;
    private final Answer answer;
    private final Optional<Refusal> refusal;
    private final Optional<Route> route;
    private final Journal journal;
    private final long began = System.nanoTime();

    AnsweredExchange(
            RequestHead head,
            ClientStream client,
            ForwardedIdentity identity,
            Answer answer,
            Optional<Refusal> refusal,
            Optional<Route> route,
            Journal journal) {
        this.head = head;
        this.client = client;
        this.identity = identity;
        this.answer = answer;
        this.refusal = refusal;
        this.route = route;
        this.journal = journal;
    }

    @Override
    public void start() {
        client.answer(answer);
        Outcome outcome = refusal.<Outcome>map(Outcome.Refused::new).orElse(Outcome.COMPLETE);
        journal.exchangeEnded(new ExchangeRecord(
                client.facts(),
                identity.client(),
                head,
                identity.id(),
                route,
                OptionalInt.of(answer.status()),
                0,
                answer.body().octets().length,
                Duration.ofNanos(System.nanoTime() - began),
                Phases.HERE,
                Optional.empty(),
                outcome));
    }

    @Override
    public void onUpload(ByteBuf data) {
        data.release();
        throw tooLate();
    }

    @Override
    public void onUploadEnd() {
        throw tooLate();
    }

    @Override
    public void onUploadFailed(Refusal failure) {
        throw tooLate();
    }

    @Override
    public void onClientLost(Refusal failure) {
        throw tooLate();
    }

    @Override
    public void onClientWritable() {
        throw tooLate();
    }

    private static IllegalStateException tooLate() {
        return new IllegalStateException("the exchange was over as soon as it was answered");
    }
}
