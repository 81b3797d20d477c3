package io.planeproxy.core.relay;

import io.netty.buffer.ByteBuf;
import io.planeproxy.core.cause.Cause;
import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.exchange.Answer;
import io.planeproxy.core.exchange.Asked;
import io.planeproxy.core.exchange.Effect;
import io.planeproxy.core.exchange.Event;
import io.planeproxy.core.exchange.Exchange;
import io.planeproxy.core.exchange.Outcome;
import io.planeproxy.core.exchange.RefusalPage;
import io.planeproxy.core.forward.AddedFields;
import io.planeproxy.core.forward.ForwardedIdentity;
import io.planeproxy.core.forward.LocationRewrite;
import io.planeproxy.core.forward.OutboundReply;
import io.planeproxy.core.forward.OutboundRequest;
import io.planeproxy.core.http.Expectation;
import io.planeproxy.core.http.FieldBlock;
import io.planeproxy.core.http.Intent;
import io.planeproxy.core.http.KnownField;
import io.planeproxy.core.http.ReplyHead;
import io.planeproxy.core.http.RequestHead;
import io.planeproxy.core.route.Route;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Sees one forwarded exchange through: tells the state machine what happened and does what it says. It owns the one
 * mutable state, on the event loop of the client's connection.
 */
final class ExchangeDriver implements ClientStream.Listener, UpstreamStream.Listener, UpstreamSource.Taker {
    private final RequestHead head;
    private final Route route;
    private final ForwardedIdentity identity;
    private final AddedFields added;
    private final ClientStream client;
    private final UpstreamSource upstreams;
    private final TunnelOpener tunnels;
    private final Journal journal;
    private final Stopwatch watch = new Stopwatch(System.nanoTime());

    private Exchange state;
    private UpstreamSource.@Nullable Claim claim;
    private OptionalLong heldSince = OptionalLong.empty();
    private @Nullable UpstreamStream upstream;
    private @Nullable Pump uploadPump;
    private @Nullable Pump replyPump;
    private OptionalInt status = OptionalInt.empty();
    private long received;
    private long sent;

    ExchangeDriver(
            RequestHead head,
            Route route,
            ForwardedIdentity identity,
            AddedFields added,
            ClientStream client,
            UpstreamSource upstreams,
            TunnelOpener tunnels,
            Journal journal) {
        this.head = head;
        this.route = route;
        this.identity = identity;
        this.added = added;
        this.client = client;
        this.upstreams = upstreams;
        this.tunnels = tunnels;
        this.journal = journal;
        this.state = Exchange.begin(head, route);
    }

    @Override
    public void start() {
        lease(UpstreamSource.Freshness.ANY);
    }

    private void lease(UpstreamSource.Freshness freshness) {
        watch.connecting();
        UpstreamSource.Claim open = upstreams.lease(route.upstream(), freshness, this);
        if (state instanceof Exchange.Connecting) {
            claim = open;
        }
    }

    private void hold(Duration limit, Refusal why) {
        if (upstream != null) {
            upstream.discard();
            upstream = null;
        }
        long now = System.nanoTime();
        if (heldSince.isEmpty()) {
            heldSince = OptionalLong.of(now);
        }
        Duration left = limit.minusNanos(now - heldSince.getAsLong());
        UpstreamSource.Claim open = upstreams.hold(
                route.upstream(), new UpstreamSource.Stay(left, route.hold().most(), why), this);
        if (state instanceof Exchange.Held) {
            claim = open;
        }
    }

    /** Whoever tells this serves others as well, who must not suffer for a fault in this exchange. */
    @Override
    public void leased(UpstreamStream stream, Event.Leased.Origin origin) {
        upstream = stream;
        try {
            begin(stream, origin);
        } catch (RuntimeException fault) {
            onFault(fault);
        }
    }

    private void begin(UpstreamStream stream, Event.Leased.Origin origin) {
        watch.leased(System.nanoTime());
        claim = null;
        uploadPump = new Pump(new UploadSource(), stream);
        replyPump = new Pump(new ReplySource(), client);
        perform(on(new Event.Leased(origin)));
    }

    @Override
    public void leaseFailed(Refusal refusal) {
        claim = null;
        try {
            perform(on(new Event.LeaseFailed(refusal)));
        } catch (RuntimeException fault) {
            onFault(fault);
        }
    }

    @Override
    public void onUpload(ByteBuf data) {
        int count = data.readableBytes();
        Effect effect = on(new Event.UploadBytes(count));
        if (effect instanceof Effect.PassUpload) {
            received += count;
            upstream().sendBody(data);
            pump(uploadPump).moved();
        } else {
            data.release();
            perform(effect);
        }
    }

    @Override
    public void onUploadEnd() {
        perform(on(Event.UPLOAD_END));
    }

    @Override
    public void onUploadFailed(Refusal refusal) {
        perform(on(new Event.UploadFailed(refusal)));
    }

    @Override
    public void onClientLost(Refusal refusal) {
        // After a fault of our own between the end of the exchange and the client's.
        if (!(state instanceof Exchange.Ended)) {
            perform(on(new Event.ClientLost(refusal)));
        }
    }

    @Override
    public void onClientWritable() {
        if (replyPump != null) {
            replyPump.drained();
        }
    }

    @Override
    public void onUpstreamWritable() {
        pump(uploadPump).drained();
    }

    @Override
    public void onInterim(ReplyHead reply) {
        Event.InterimReply.Use use =
                reply.status() == 103 ? Event.InterimReply.Use.RELAY : Event.InterimReply.Use.SWALLOW;
        Effect effect = on(new Event.InterimReply(use));
        if (effect instanceof Effect.RelayInterim) {
            client.sendInterim(outbound(reply));
        } else {
            perform(effect);
        }
    }

    @Override
    public void onSwitch(ReplyHead reply) {
        Effect effect = on(Event.SWITCH_REPLY);
        if (effect instanceof Effect.OpenTunnel) {
            watch.answered(System.nanoTime());
            status = OptionalInt.of(reply.status());
            TunnelEnd clientEnd = client.detach(outbound(reply));
            TunnelEnd upstreamEnd = upstream().detach();
            end(Outcome.SWITCHED);
            tunnels.open(new Switched(client.facts(), identity, head, route.upstream(), clientEnd, upstreamEnd));
        } else {
            perform(effect);
        }
    }

    @Override
    public void onFinal(ReplyHead reply) {
        Effect effect = on(Event.FINAL_REPLY);
        if (effect instanceof Effect.RelayHead) {
            watch.answered(System.nanoTime());
            status = OptionalInt.of(reply.status());
            client.sendHead(outbound(reply));
        } else {
            perform(effect);
        }
    }

    @Override
    public void onReply(ByteBuf data) {
        Effect effect = on(Event.REPLY_BYTES);
        if (effect instanceof Effect.PassReply) {
            sent += data.readableBytes();
            client.sendBody(data);
            pump(replyPump).moved();
        } else {
            data.release();
            perform(effect);
        }
    }

    @Override
    public void onReplyEnd(FieldBlock trailers, UpstreamStream.Leg leg) {
        Effect effect = on(Event.REPLY_END);
        if (effect instanceof Effect.EndReply) {
            letGo(leg);
            end(complete());
            client.endReply(trailers);
        } else if (effect instanceof Effect.EndReplyEarly) {
            upstream().discard();
            end(complete());
            client.endReplyAndClose(trailers);
        } else {
            perform(effect);
        }
    }

    /** A reply that came whole is still not what was wanted where a WebSocket was to be opened. */
    private Outcome complete() {
        boolean wantsWebSocket =
                route.upgrades().permit(head.intent()) instanceof Intent.Upgrade upgrade && upgrade.isWebSocket();
        return wantsWebSocket
                ? new Outcome.NotSwitched(new Refusal(
                        Cause.UPGRADE_REFUSED_BY_UPSTREAM, route.upstream() + " answered " + status.orElseThrow()))
                : Outcome.COMPLETE;
    }

    @Override
    public void onUpstreamClosed(Refusal refusal) {
        perform(on(new Event.UpstreamClosed(refusal)));
    }

    @Override
    public void onReplyFailed(Refusal refusal) {
        perform(on(new Event.ReplyFailed(refusal)));
    }

    @Override
    public void onFault(Throwable fault) {
        client.fault(fault);
    }

    private Effect on(Event event) {
        Exchange.Step step = Exchange.next(state, event);
        state = step.next();
        return step.effect();
    }

    /** Does what needs nothing but the effect itself; those that carry something are done where it came in. */
    private void perform(Effect effect) {
        switch (effect) {
            case Effect.Nothing() -> {}
            case Effect.SendRequest() -> sendRequest();
            case Effect.LeaseFresh() -> {
                journal.requestRepeated(route.upstream());
                client.pauseUpload();
                upstream().discard();
                upstream = null;
                lease(UpstreamSource.Freshness.NEW);
            }
            case Effect.Hold(Duration limit, Refusal why) -> hold(limit, why);
            case Effect.EndUpload() -> upstream().endBody();
            case Effect.Answer(Refusal refusal) -> answer(refusal);
            case Effect.CutReply(Refusal refusal) -> {
                discardUpstream();
                end(new Outcome.Cut(refusal));
                client.cut();
            }
            case Effect.Abandon(Refusal refusal) -> {
                discardUpstream();
                end(new Outcome.Abandoned(refusal));
                client.abandon();
            }
            case Effect.PassUpload passUpload -> throw misplaced(effect);
            case Effect.RelayInterim relayInterim -> throw misplaced(effect);
            case Effect.RelayHead relayHead -> throw misplaced(effect);
            case Effect.PassReply passReply -> throw misplaced(effect);
            case Effect.EndReply endReply -> throw misplaced(effect);
            case Effect.EndReplyEarly endReplyEarly -> throw misplaced(effect);
            case Effect.OpenTunnel openTunnel -> throw misplaced(effect);
        }
    }

    private void sendRequest() {
        OutboundRequest request = OutboundRequest.of(
                head,
                identity,
                route.upgrades().permit(head.intent()),
                route.upstream().authority());
        request.ambiguous().ifPresent(name -> journal.fieldLeftOut(client.facts(), name));
        upstream().send(request, route.replyTimeout(), this);
        if (head.expectation() == Expectation.CONTINUE) {
            client.sendContinue();
        }
        client.resumeUpload();
    }

    private void answer(Refusal refusal) {
        discardUpstream();
        Answer answer = RefusalPage.of(refusal, new Asked(head, identity.id())).with(added);
        status = OptionalInt.of(answer.status());
        sent += answer.body().octets().length;
        end(new Outcome.Refused(refusal));
        client.answer(answer);
    }

    private void letGo(UpstreamStream.Leg leg) {
        switch (leg) {
            case UpstreamStream.Leg.InSync inSync -> inSync.giveBack();
            case UpstreamStream.Leg.Spoiled() -> upstream().discard();
        }
    }

    private void discardUpstream() {
        if (claim != null) {
            claim.withdraw();
            claim = null;
        }
        if (upstream != null) {
            upstream.discard();
        }
    }

    private void end(Outcome outcome) {
        upstream = null;
        long now = System.nanoTime();
        journal.exchangeEnded(new ExchangeRecord(
                client.facts(),
                identity.client(),
                head,
                identity.id(),
                Optional.of(route),
                status,
                received,
                sent,
                watch.took(now),
                watch.phases(now),
                Optional.of(route.upstream()),
                outcome));
    }

    private OutboundReply outbound(ReplyHead reply) {
        LocationRewrite rewrite = reply.fields().contains(KnownField.LOCATION)
                ? LocationRewrite.of(
                        head, route.upstream().authority(), route.upstream().port())
                : LocationRewrite.NONE;
        return OutboundReply.of(reply, rewrite, added, identity.id());
    }

    private UpstreamStream upstream() {
        if (upstream == null) {
            throw new IllegalStateException("no upstream connection in " + state);
        }
        return upstream;
    }

    private Pump pump(@Nullable Pump pump) {
        if (pump == null) {
            throw new IllegalStateException("nothing to pump in " + state);
        }
        return pump;
    }

    private static IllegalStateException misplaced(Effect effect) {
        return new IllegalStateException(effect + " without what it is to carry");
    }

    private final class UploadSource implements Pump.Source {
        @Override
        public void pause() {
            client.pauseUpload();
        }

        @Override
        public void resume() {
            client.resumeUpload();
        }
    }

    private final class ReplySource implements Pump.Source {
        @Override
        public void pause() {
            upstream().pauseReply();
        }

        @Override
        public void resume() {
            if (upstream != null) {
                upstream.resumeReply();
            }
        }
    }
}
