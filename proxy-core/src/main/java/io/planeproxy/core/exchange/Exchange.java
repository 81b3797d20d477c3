package io.planeproxy.core.exchange;

import io.planeproxy.core.cause.Cause;
import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.http.RequestHead;
import io.planeproxy.core.route.BodyLimit;
import io.planeproxy.core.route.Route;
import java.time.Duration;

/**
 * Where an exchange stands. {@link #next} is the whole of its behaviour: every event in every state, with the next state
 * and one effect. A pair that the shell must never produce throws, since it is a fault of ours.
 */
public sealed interface Exchange {
    int MOST_INTERIM_REPLIES = 20;
    Ended ENDED = new Ended();

    /** Waiting for a connection to the upstream; nothing is read of the request body. */
    record Connecting(Upload upload, Replay replay, Patience patience) implements Exchange {}

    /** Kept until the upstream is back; it has no connection, and nothing is read of the request body. */
    record Held(Upload upload, Patience patience) implements Exchange {}

    /** The request is on its way, and nothing of the final reply has come. */
    record Waiting(Upload upload, Replay replay, Patience patience, int interimReplies) implements Exchange {}

    /** The final reply is on its way to the client. */
    record Replying(Upload upload) implements Exchange {}

    /** Over, or handed to a tunnel. */
    record Ended() implements Exchange {}

    /** Whether the request may be sent once more if a reused connection turns out to be closed. */
    enum Replay {
        ONCE_IF_STALE,
        NEVER
    }

    /** What happened leads to this. */
    record Step(Exchange next, Effect effect) {}

    /** The state of an exchange whose request has just been decided. */
    static Exchange begin(RequestHead head, Route route) {
        Replay replay = head.method().isIdempotent() ? Replay.ONCE_IF_STALE : Replay.NEVER;
        return new Connecting(Upload.of(head.body(), route.bodyLimit()), replay, Patience.of(head, route));
    }

    static Step next(Exchange state, Event event) {
        return switch (state) {
            case Connecting connecting -> connecting(connecting, event);
            case Held held -> held(held, event);
            case Waiting waiting -> waiting(waiting, event);
            case Replying replying -> replying(replying, event);
            // Whatever belonged to the exchange has been let go: nothing can happen to it any more.
            case Ended ended -> throw impossible(ended, event);
        };
    }

    private static Step connecting(Connecting state, Event event) {
        return switch (event) {
            case Event.Leased(Event.Leased.Origin origin) ->
                new Step(
                        new Waiting(state.upload, replayAfter(state.replay, origin), state.patience, 0),
                        Effect.SEND_REQUEST);
            case Event.LeaseFailed(Refusal refusal) -> holdOr(state.upload, state.patience, refusal);
            case Event.ClientLost(Refusal refusal) -> abandon(refusal);
            case Event.UploadBytes bytes -> throw impossible(state, event);
            case Event.UploadEnd end -> throw impossible(state, event);
            case Event.UploadFailed failed -> throw impossible(state, event);
            case Event.InterimReply interim -> throw impossible(state, event);
            case Event.SwitchReply reply -> throw impossible(state, event);
            case Event.FinalReply reply -> throw impossible(state, event);
            case Event.ReplyBytes bytes -> throw impossible(state, event);
            case Event.ReplyEnd end -> throw impossible(state, event);
            case Event.UpstreamClosed closed -> throw impossible(state, event);
            case Event.ReplyFailed failed -> throw impossible(state, event);
        };
    }

    private static Step held(Held state, Event event) {
        return switch (event) {
            case Event.Leased leased ->
                new Step(new Waiting(state.upload, Replay.NEVER, state.patience, 0), Effect.SEND_REQUEST);
            // It may be away again; and it is the shell that knows when the time is over.
            case Event.LeaseFailed(Refusal refusal) -> holdOr(state.upload, state.patience, refusal);
            case Event.ClientLost(Refusal refusal) -> abandon(refusal);
            case Event.UploadBytes bytes -> throw impossible(state, event);
            case Event.UploadEnd end -> throw impossible(state, event);
            case Event.UploadFailed failed -> throw impossible(state, event);
            case Event.InterimReply interim -> throw impossible(state, event);
            case Event.SwitchReply reply -> throw impossible(state, event);
            case Event.FinalReply reply -> throw impossible(state, event);
            case Event.ReplyBytes bytes -> throw impossible(state, event);
            case Event.ReplyEnd end -> throw impossible(state, event);
            case Event.UpstreamClosed closed -> throw impossible(state, event);
            case Event.ReplyFailed failed -> throw impossible(state, event);
        };
    }

    private static Step holdOr(Upload upload, Patience patience, Refusal refusal) {
        if (!Patience.AWAY.contains(refusal.cause())) {
            return answer(refusal);
        }
        return switch (patience) {
            case Patience.None() -> answer(refusal);
            case Patience.ForConnection(Duration limit) -> hold(upload, patience, limit, refusal);
            case Patience.ForAnswer(Duration limit) -> hold(upload, patience, limit, refusal);
        };
    }

    private static Step hold(Upload upload, Patience patience, Duration limit, Refusal refusal) {
        return new Step(new Held(upload, patience), new Effect.Hold(limit, refusal));
    }

    private static Replay replayAfter(Replay replay, Event.Leased.Origin origin) {
        return switch (origin) {
            case REUSED -> replay;
            case FRESH -> Replay.NEVER;
        };
    }

    private static Step waiting(Waiting state, Event event) {
        return switch (event) {
            case Event.UploadBytes(int count) -> waitingUpload(state, count);
            case Event.UploadEnd() ->
                new Step(
                        new Waiting(state.upload.ended(), state.replay, state.patience, state.interimReplies),
                        Effect.END_UPLOAD);
            case Event.UploadFailed(Refusal refusal) -> answer(refusal);
            case Event.ClientLost(Refusal refusal) -> abandon(refusal);
            case Event.InterimReply(Event.InterimReply.Use use) -> interim(state, use);
            case Event.SwitchReply() -> new Step(ENDED, Effect.OPEN_TUNNEL);
            case Event.FinalReply() -> new Step(new Replying(state.upload), Effect.RELAY_HEAD);
            case Event.UpstreamClosed(Refusal refusal) -> staleOr(state, refusal);
            case Event.ReplyFailed(Refusal refusal) -> answer(refusal);
            case Event.Leased leased -> throw impossible(state, event);
            case Event.LeaseFailed failed -> throw impossible(state, event);
            case Event.ReplyBytes bytes -> throw impossible(state, event);
            case Event.ReplyEnd end -> throw impossible(state, event);
        };
    }

    private static Step waitingUpload(Waiting state, int count) {
        return switch (spend(state.upload, count)) {
            case Spent.Within(Upload left) ->
                new Step(new Waiting(left, state.replay, state.patience, state.interimReplies), Effect.PASS_UPLOAD);
            case Spent.Over(Refusal refusal) -> answer(refusal);
        };
    }

    private static Step interim(Waiting state, Event.InterimReply.Use use) {
        if (state.interimReplies >= MOST_INTERIM_REPLIES) {
            return answer(new Refusal(
                    Cause.UPSTREAM_MALFORMED, "more than " + MOST_INTERIM_REPLIES + " interim replies to one request"));
        }
        // A byte of the reply has come: the request was seen, and may not be sent again.
        return new Step(
                new Waiting(state.upload, Replay.NEVER, Patience.NONE, state.interimReplies + 1),
                switch (use) {
                    case RELAY -> Effect.RELAY_INTERIM;
                    case SWALLOW -> Effect.NOTHING;
                });
    }

    /** RFC 9112 §9.3.1: the one retry, on a new connection, where nothing can have been done twice. */
    private static Step staleOr(Waiting state, Refusal refusal) {
        return switch (state.replay) {
            case ONCE_IF_STALE ->
                state.upload.isReplayable()
                        ? new Step(new Connecting(state.upload, Replay.NEVER, state.patience), Effect.LEASE_FRESH)
                        : answer(refusal);
            case NEVER -> closedWithoutAnswer(state, refusal);
        };
    }

    private static Step closedWithoutAnswer(Waiting state, Refusal refusal) {
        return switch (state.patience) {
            case Patience.ForAnswer(Duration limit) -> hold(state.upload, state.patience, limit, refusal);
            case Patience.ForConnection connection -> answer(refusal);
            case Patience.None() -> answer(refusal);
        };
    }

    private static Step replying(Replying state, Event event) {
        return switch (event) {
            case Event.UploadBytes(int count) ->
                switch (spend(state.upload, count)) {
                    case Spent.Within(Upload left) -> new Step(new Replying(left), Effect.PASS_UPLOAD);
                    case Spent.Over(Refusal refusal) -> cut(refusal);
                };
            case Event.UploadEnd() -> new Step(new Replying(state.upload.ended()), Effect.END_UPLOAD);
            case Event.UploadFailed(Refusal refusal) -> cut(refusal);
            case Event.ClientLost(Refusal refusal) -> abandon(refusal);
            case Event.ReplyBytes() -> new Step(state, Effect.PASS_REPLY);
            case Event.ReplyEnd() ->
                new Step(ENDED, state.upload.isWhole() ? Effect.END_REPLY : Effect.END_REPLY_EARLY);
            case Event.ReplyFailed(Refusal refusal) -> cut(refusal);
            case Event.Leased leased -> throw impossible(state, event);
            case Event.LeaseFailed failed -> throw impossible(state, event);
            case Event.InterimReply interim -> throw impossible(state, event);
            case Event.SwitchReply reply -> throw impossible(state, event);
            case Event.FinalReply reply -> throw impossible(state, event);
            case Event.UpstreamClosed closed -> throw impossible(state, event);
        };
    }

    private static Spent spend(Upload upload, int count) {
        return switch (upload) {
            case Upload.Unsent(Budget budget) -> spend(budget, count);
            case Upload.Flowing(Budget budget) -> spend(budget, count);
            case Upload.None none -> throw new IllegalStateException("bytes of a body that the request does not have");
            case Upload.Sent sent -> throw new IllegalStateException("bytes of a body after its end");
        };
    }

    private static Spent spend(Budget budget, int count) {
        return switch (budget) {
            case Budget.Endless endless -> new Spent.Within(new Upload.Flowing(endless));
            case Budget.Limited(long left, long limit) ->
                count <= left
                        ? new Spent.Within(new Upload.Flowing(new Budget.Limited(left - count, limit)))
                        : new Spent.Over(new Refusal(
                                Cause.BODY_OVER_LIMIT,
                                "the body goes on behind the limit, which is " + limit + " bytes here"));
        };
    }

    /** The refusal of a body that says beforehand that it is larger than the limit. */
    static Refusal overLimit(BodyLimit limit, long bytes) {
        return switch (limit) {
            case BodyLimit.Bytes(long most) ->
                new Refusal(Cause.BODY_OVER_LIMIT, "the body has " + bytes + " bytes, the limit here is " + most);
            case BodyLimit.Unlimited() -> throw new IllegalStateException("no body is over no limit");
        };
    }

    private static Step answer(Refusal refusal) {
        return new Step(ENDED, new Effect.Answer(refusal));
    }

    private static Step cut(Refusal refusal) {
        return new Step(ENDED, new Effect.CutReply(refusal));
    }

    private static Step abandon(Refusal refusal) {
        return new Step(ENDED, new Effect.Abandon(refusal));
    }

    private static IllegalStateException impossible(Exchange state, Event event) {
        return new IllegalStateException(event + " can not happen in " + state);
    }

    /** What became of an upload's budget. */
    sealed interface Spent {
        record Within(Upload left) implements Spent {}

        record Over(Refusal refusal) implements Spent {}
    }
}
