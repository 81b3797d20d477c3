package io.planeproxy.core.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.core.cause.Cause;
import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.exchange.Event.InterimReply.Use;
import io.planeproxy.core.exchange.Event.Leased.Origin;
import io.planeproxy.core.kit.Heads;
import io.planeproxy.core.route.BodyLimit;
import io.planeproxy.core.route.Hold;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Laws that hold however an upstream, a client and their bytes come together. */
@Label("an exchange")
final class ExchangePropertiesTest {
    private static final Refusal REFUSAL = new Refusal(Cause.UPSTREAM_CLOSED, "for the test");

    private static final Refusal AWAY = new Refusal(Cause.UPSTREAM_REFUSED, "for the test");

    @Property(tries = 4000)
    void everythingThatCanHappenIsHandledAndEndsOnce(
            @ForAll long seed,
            @ForAll Verb verb,
            @ForAll Body body,
            @ForAll Wait wait,
            @ForAll @LongRange(min = 0, max = 40) long limit) {
        Run run = new Run(verb, body, wait, limit);
        Random random = new Random(seed);
        for (int i = 0; i < 400 && !(run.state instanceof Exchange.Ended); i++) {
            List<Event> possible = run.possible(random);
            run.happen(possible.get(random.nextInt(possible.size())));
        }
        if (!(run.state instanceof Exchange.Ended)) {
            run.happen(new Event.ClientLost(REFUSAL));
        }
        run.checkEnd();
    }

    @Property
    void theBytesThatPassAreTheLongestRunWithinTheLimit(
            @ForAll @LongRange(min = 0, max = 1000) long limit,
            @ForAll List<@IntRange(min = 1, max = 300) Integer> pieces) {
        Run run = new Run(Verb.POST, Body.CHUNKED, Wait.NOT, limit);
        run.happen(new Event.Leased(Origin.FRESH));
        long sum = 0;
        for (int piece : pieces) {
            sum += piece;
            run.happen(new Event.UploadBytes(piece));
            assertEquals(sum > limit, run.state instanceof Exchange.Ended);
            if (sum > limit) {
                return;
            }
            assertEquals(sum, run.passed);
        }
    }

    enum Verb {
        GET,
        PUT,
        POST
    }

    enum Wait {
        NOT(Hold.NOBODY),
        FOR_UPSTREAM(new Hold(Optional.of(Duration.ofSeconds(15)), Optional.of(Duration.ofSeconds(15)), 9));

        private final Hold hold;

        Wait(Hold hold) {
            this.hold = hold;
        }
    }

    enum Body {
        NONE("Accept: */*"),
        NONE_TO_UPGRADE("Connection: upgrade\r\nUpgrade: websocket"),
        FIXED("Content-Length: 30"),
        CHUNKED("Transfer-Encoding: chunked");

        private final String field;

        Body(String field) {
            this.field = field;
        }
    }

    /** The shell, as far as it decides which events there can be, with the laws beside it. */
    private static final class Run {
        private final boolean idempotent;
        private final boolean upgrades;
        private final Wait wait;
        private final long limit;
        private boolean bodyOpen;
        private boolean heardInterim;
        private Origin origin = Origin.FRESH;
        private Exchange state;
        private long passed;
        private int bodyEnds;
        private int retries;
        private int heads;
        private int answers;
        private int tunnels;
        private final List<Effect> endings = new ArrayList<>();

        Run(Verb verb, Body body, Wait wait, long limit) {
            this.idempotent = verb != Verb.POST;
            this.upgrades = body == Body.NONE_TO_UPGRADE;
            this.wait = wait;
            this.limit = limit;
            this.bodyOpen = body == Body.FIXED || body == Body.CHUNKED;
            this.state = Exchange.begin(
                    Heads.request(verb + " / HTTP/1.1", "Host: a", body.field),
                    ExchangeTest.route(new BodyLimit.Bytes(limit), wait.hold));
        }

        List<Event> possible(Random random) {
            List<Event> events = new ArrayList<>();
            events.add(new Event.ClientLost(REFUSAL));
            switch (state) {
                case Exchange.Connecting connecting -> {
                    events.add(new Event.Leased(Origin.FRESH));
                    events.add(new Event.LeaseFailed(AWAY));
                    events.add(new Event.LeaseFailed(REFUSAL));
                    if (retries == 0) {
                        events.add(new Event.Leased(Origin.REUSED));
                        events.add(new Event.Leased(Origin.REUSED));
                    }
                }
                case Exchange.Held held -> {
                    events.add(new Event.Leased(Origin.FRESH));
                    events.add(new Event.LeaseFailed(AWAY));
                    events.add(new Event.LeaseFailed(REFUSAL));
                }
                case Exchange.Waiting waiting -> {
                    events.addAll(List.of(
                            new Event.InterimReply(Use.RELAY),
                            new Event.InterimReply(Use.SWALLOW),
                            Event.SWITCH_REPLY,
                            Event.FINAL_REPLY,
                            new Event.ReplyFailed(REFUSAL)));
                    if (!heardInterim) {
                        events.add(new Event.UpstreamClosed(REFUSAL));
                        events.add(new Event.UpstreamClosed(REFUSAL));
                    }
                    addUpload(events, random);
                }
                case Exchange.Replying replying -> {
                    events.addAll(List.of(Event.REPLY_BYTES, Event.REPLY_END, new Event.ReplyFailed(REFUSAL)));
                    addUpload(events, random);
                }
                case Exchange.Ended ended -> throw new AssertionError("nothing can happen any more");
            }
            return events;
        }

        private void addUpload(List<Event> events, Random random) {
            if (bodyOpen) {
                for (int i = 0; i < 5; i++) {
                    events.add(new Event.UploadBytes(1 + random.nextInt(12)));
                }
                events.add(Event.UPLOAD_END);
                events.add(new Event.UploadFailed(REFUSAL));
            }
        }

        void happen(Event event) {
            Exchange before = state;
            Exchange.Step step = Exchange.next(state, event);
            state = step.next();
            if (event instanceof Event.UploadEnd) {
                bodyOpen = false;
            } else if (event instanceof Event.InterimReply) {
                heardInterim = true;
            } else if (event instanceof Event.Leased leased) {
                origin = leased.origin();
            }
            observe(before, event, step.effect());
            if (state instanceof Exchange.Ended) {
                endings.add(step.effect());
            }
        }

        private void observe(Exchange before, Event event, Effect effect) {
            switch (effect) {
                case Effect.Nothing nothing -> assertTrue(event instanceof Event.InterimReply);
                case Effect.SendRequest send ->
                    assertTrue(before instanceof Exchange.Connecting || before instanceof Exchange.Held);
                case Effect.LeaseFresh fresh -> {
                    retries++;
                    assertTrue(idempotent, "only an idempotent request is sent twice");
                    assertEquals(0, passed, "nothing of the body has passed");
                    assertEquals(0, bodyEnds, "nor its end");
                    assertEquals(Origin.REUSED, origin, "only a reused connection can be stale");
                    assertFalse(heardInterim, "nothing of the reply has come");
                    assertEquals(1, retries, "there is one retry");
                }
                case Effect.Hold hold -> {
                    assertEquals(Wait.FOR_UPSTREAM, wait);
                    assertEquals(0, passed, "nothing of the body has passed");
                    assertEquals(0, bodyEnds, "nor its end");
                    assertFalse(heardInterim, "nothing of the reply has come");
                    assertTrue(
                            event instanceof Event.LeaseFailed || idempotent && upgrades,
                            "only a handshake is sent again");
                }
                case Effect.PassUpload pass -> {
                    passed += ((Event.UploadBytes) event).count();
                    assertTrue(passed <= limit, passed + " bytes have passed of " + limit);
                }
                case Effect.EndUpload end -> bodyEnds++;
                case Effect.RelayInterim interim -> assertEquals(0, heads);
                case Effect.RelayHead head -> heads++;
                case Effect.PassReply pass -> assertEquals(1, heads);
                case Effect.EndReply end -> {
                    assertEquals(1, heads);
                    assertFalse(bodyOpen);
                }
                case Effect.EndReplyEarly end -> {
                    assertEquals(1, heads);
                    assertTrue(bodyOpen);
                }
                case Effect.OpenTunnel tunnel -> tunnels++;
                case Effect.Answer answer -> answers++;
                case Effect.CutReply cut -> assertEquals(1, heads, "there is something to cut");
                case Effect.Abandon abandon -> assertTrue(event instanceof Event.ClientLost);
            }
            assertTrue(heads + answers + tunnels <= 1, "one final head at most");
            assertTrue(bodyEnds <= 1, "a body ends once");
        }

        void checkEnd() {
            assertEquals(1, endings.size());
            assertTrue(
                    switch (endings.getFirst()) {
                        case Effect.EndReply end -> true;
                        case Effect.EndReplyEarly end -> true;
                        case Effect.OpenTunnel tunnel -> true;
                        case Effect.Answer answer -> true;
                        case Effect.CutReply cut -> true;
                        case Effect.Abandon abandon -> true;
                        case Effect.Nothing nothing -> false;
                        case Effect.SendRequest send -> false;
                        case Effect.LeaseFresh fresh -> false;
                        case Effect.Hold hold -> false;
                        case Effect.PassUpload pass -> false;
                        case Effect.EndUpload end -> false;
                        case Effect.RelayInterim interim -> false;
                        case Effect.RelayHead head -> false;
                        case Effect.PassReply pass -> false;
                    },
                    "the last effect lets go of both sides");
            assertThrows(IllegalStateException.class, () -> happen(new Event.ClientLost(REFUSAL)));
        }
    }
}
