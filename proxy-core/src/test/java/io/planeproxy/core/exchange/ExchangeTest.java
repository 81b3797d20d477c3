package io.planeproxy.core.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.planeproxy.core.cause.Cause;
import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.exchange.Event.InterimReply.Use;
import io.planeproxy.core.exchange.Event.Leased.Origin;
import io.planeproxy.core.exchange.Exchange.Connecting;
import io.planeproxy.core.exchange.Exchange.Held;
import io.planeproxy.core.exchange.Exchange.Replay;
import io.planeproxy.core.exchange.Exchange.Replying;
import io.planeproxy.core.exchange.Exchange.Step;
import io.planeproxy.core.exchange.Exchange.Waiting;
import io.planeproxy.core.http.RequestHead;
import io.planeproxy.core.http.Scheme;
import io.planeproxy.core.kit.Heads;
import io.planeproxy.core.route.AddressRules;
import io.planeproxy.core.route.BodyLimit;
import io.planeproxy.core.route.Hold;
import io.planeproxy.core.route.Origins;
import io.planeproxy.core.route.PathPrefix;
import io.planeproxy.core.route.Route;
import io.planeproxy.core.route.Upgrades;
import io.planeproxy.core.route.Upstream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole behaviour of an exchange, read as a table. */
final class ExchangeTest {
    private static final Refusal REFUSAL = new Refusal(Cause.UPSTREAM_CLOSED, "for the test");
    private static final Refusal AWAY = new Refusal(Cause.UPSTREAM_REFUSED, "for the test");
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Patience FOR_CONNECTION = new Patience.ForConnection(LIMIT);
    private static final Patience FOR_ANSWER = new Patience.ForAnswer(LIMIT);
    private static final Upload UNSENT = new Upload.Unsent(new Budget.Limited(10, 10));
    private static final String UPGRADE = "Connection: upgrade\r\nUpgrade: websocket";
    private static final Upload FLOWING = new Upload.Flowing(new Budget.Limited(4, 10));

    /** A cell is the next state and the effect; a dash is a pair that must throw. */
    private static final String TABLE = """
            event            | connecting          | held                | waiting               | streaming            | upgrading            | replying            | ended
            leased fresh     | Waiting SendRequest | Waiting SendRequest | -                     | -                    | -                    | -                   | -
            leased reused    | Waiting SendRequest | Waiting SendRequest | -                     | -                    | -                    | -                   | -
            lease failed     | Ended Answer        | Ended Answer        | -                     | -                    | -                    | -                   | -
            upstream away    | Held Hold           | Held Hold           | -                     | -                    | -                    | -                   | -
            upload bytes     | -                   | -                   | Waiting PassUpload    | Waiting PassUpload   | -                    | Replying PassUpload | -
            bytes over limit | -                   | -                   | Ended Answer          | Ended Answer         | -                    | Ended CutReply      | -
            upload end       | -                   | -                   | Waiting EndUpload     | Waiting EndUpload    | -                    | Replying EndUpload  | -
            upload failed    | -                   | -                   | Ended Answer          | Ended Answer         | Ended Answer         | Ended CutReply      | -
            client lost      | Ended Abandon       | Ended Abandon       | Ended Abandon         | Ended Abandon        | Ended Abandon        | Ended Abandon       | -
            interim to relay | -                   | -                   | Waiting RelayInterim  | Waiting RelayInterim | Waiting RelayInterim | -                   | -
            interim to drop  | -                   | -                   | Waiting Nothing       | Waiting Nothing      | Waiting Nothing      | -                   | -
            switch reply     | -                   | -                   | Ended OpenTunnel      | Ended OpenTunnel     | Ended OpenTunnel     | -                   | -
            final reply      | -                   | -                   | Replying RelayHead    | Replying RelayHead   | Replying RelayHead   | -                   | -
            reply bytes      | -                   | -                   | -                     | -                    | -                    | Replying PassReply  | -
            reply end        | -                   | -                   | -                     | -                    | -                    | Ended EndReplyEarly | -
            upstream closed  | -                   | -                   | Connecting LeaseFresh | Ended Answer         | Held Hold            | -                   | -
            reply failed     | -                   | -                   | Ended Answer          | Ended Answer         | Ended Answer         | Ended CutReply      | -
            """;

    private static final Map<String, Exchange> STATES = Map.of(
            "connecting", new Connecting(UNSENT, Replay.ONCE_IF_STALE, FOR_CONNECTION),
            "held", new Held(UNSENT, FOR_CONNECTION),
            "waiting", new Waiting(UNSENT, Replay.ONCE_IF_STALE, Patience.NONE, 0),
            "streaming", new Waiting(FLOWING, Replay.ONCE_IF_STALE, Patience.NONE, 0),
            "upgrading", new Waiting(Upload.NONE, Replay.NEVER, FOR_ANSWER, 0),
            "replying", new Replying(FLOWING),
            "ended", Exchange.ENDED);

    private static final Map<String, Event> EVENTS = Map.ofEntries(
            Map.entry("leased fresh", new Event.Leased(Origin.FRESH)),
            Map.entry("leased reused", new Event.Leased(Origin.REUSED)),
            Map.entry("lease failed", new Event.LeaseFailed(REFUSAL)),
            Map.entry("upstream away", new Event.LeaseFailed(AWAY)),
            Map.entry("upload bytes", new Event.UploadBytes(4)),
            Map.entry("bytes over limit", new Event.UploadBytes(11)),
            Map.entry("upload end", Event.UPLOAD_END),
            Map.entry("upload failed", new Event.UploadFailed(REFUSAL)),
            Map.entry("client lost", new Event.ClientLost(REFUSAL)),
            Map.entry("interim to relay", new Event.InterimReply(Use.RELAY)),
            Map.entry("interim to drop", new Event.InterimReply(Use.SWALLOW)),
            Map.entry("switch reply", Event.SWITCH_REPLY),
            Map.entry("final reply", Event.FINAL_REPLY),
            Map.entry("reply bytes", Event.REPLY_BYTES),
            Map.entry("reply end", Event.REPLY_END),
            Map.entry("upstream closed", new Event.UpstreamClosed(REFUSAL)),
            Map.entry("reply failed", new Event.ReplyFailed(REFUSAL)));

    private static Exchange state(String name) {
        return Objects.requireNonNull(STATES.get(name), name);
    }

    private static Event event(String name) {
        return Objects.requireNonNull(EVENTS.get(name), name);
    }

    record Cell(String state, String event, String expected) {}

    static Stream<Cell> cells() {
        List<List<String>> rows = TABLE.lines()
                .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toList())
                .toList();
        List<Cell> cells = new ArrayList<>();
        for (List<String> row : rows.subList(1, rows.size())) {
            for (int column = 1; column < row.size(); column++) {
                cells.add(new Cell(rows.getFirst().get(column), row.getFirst(), row.get(column)));
            }
        }
        return cells.stream();
    }

    @ParameterizedTest
    @MethodSource("cells")
    void everyEventInEveryStateDoesWhatTheTableSays(Cell cell) {
        Exchange state = state(cell.state());
        Event event = event(cell.event());
        if (cell.expected().equals("-")) {
            assertThrows(IllegalStateException.class, () -> Exchange.next(state, event));
            return;
        }
        Step step = Exchange.next(state, event);
        assertEquals(
                cell.expected(),
                step.next().getClass().getSimpleName() + " "
                        + step.effect().getClass().getSimpleName());
    }

    @Test
    void theTableNamesEveryStateAndEveryEvent() {
        assertEquals(STATES.size() * EVENTS.size(), cells().count());
        assertEquals(
                List.of(Event.class.getPermittedSubclasses()).stream()
                        .map(Class::getSimpleName)
                        .sorted()
                        .toList(),
                EVENTS.values().stream()
                        .map(event -> event.getClass().getSimpleName())
                        .distinct()
                        .sorted()
                        .toList());
        assertEquals(
                List.of(Exchange.class.getPermittedSubclasses()).stream()
                        .map(Class::getSimpleName)
                        .sorted()
                        .toList(),
                STATES.values().stream()
                        .map(state -> state.getClass().getSimpleName())
                        .distinct()
                        .sorted()
                        .toList());
    }

    @Test
    void aReplyWhoseRequestIsWholeLeavesBothConnectionsUsable() {
        assertEquals(
                Effect.END_REPLY,
                Exchange.next(new Replying(Upload.NONE), Event.REPLY_END).effect());
        assertEquals(
                Effect.END_REPLY,
                Exchange.next(new Replying(Upload.SENT), Event.REPLY_END).effect());
        assertEquals(
                Effect.END_REPLY_EARLY,
                Exchange.next(new Replying(UNSENT), Event.REPLY_END).effect());
    }

    @Test
    void onlyAReusedConnectionMayBeFoundStale() {
        Connecting connecting = new Connecting(UNSENT, Replay.ONCE_IF_STALE, Patience.NONE);
        assertEquals(
                new Waiting(UNSENT, Replay.NEVER, Patience.NONE, 0),
                Exchange.next(connecting, new Event.Leased(Origin.FRESH)).next());
        assertEquals(
                new Waiting(UNSENT, Replay.ONCE_IF_STALE, Patience.NONE, 0),
                Exchange.next(connecting, new Event.Leased(Origin.REUSED)).next());
    }

    @Test
    void theSecondTryIsTheLast() {
        Step stale = Exchange.next(state("waiting"), event("upstream closed"));
        assertEquals(new Connecting(UNSENT, Replay.NEVER, Patience.NONE), stale.next());
        Exchange again =
                Exchange.next(stale.next(), new Event.Leased(Origin.REUSED)).next();
        assertEquals(
                new Effect.Answer(REFUSAL),
                Exchange.next(again, event("upstream closed")).effect());
    }

    @Test
    void aRequestWhoseBodyIsGoneIsNotSentAgain() {
        Waiting sent = new Waiting(Upload.SENT, Replay.ONCE_IF_STALE, Patience.NONE, 0);
        assertEquals(
                new Effect.Answer(REFUSAL),
                Exchange.next(sent, event("upstream closed")).effect());
    }

    @ParameterizedTest
    @EnumSource
    void anInterimReplyForbidsTheRetry(Use use) {
        Exchange next =
                Exchange.next(state("waiting"), new Event.InterimReply(use)).next();
        assertEquals(new Waiting(UNSENT, Replay.NEVER, Patience.NONE, 1), next);
    }

    @ParameterizedTest
    @EnumSource
    void theTwentyFirstInterimReplyIsTooMany(Use use) {
        Exchange state = state("waiting");
        for (int i = 0; i < 20; i++) {
            state = Exchange.next(state, new Event.InterimReply(use)).next();
        }
        Step step = Exchange.next(state, new Event.InterimReply(use));
        assertEquals(Exchange.ENDED, step.next());
        assertEquals(
                Cause.UPSTREAM_MALFORMED,
                ((Effect.Answer) step.effect()).refusal().cause());
    }

    @Test
    void theBudgetIsSpentToTheLastByteAndNotBeyond() {
        Step exact = Exchange.next(state("waiting"), new Event.UploadBytes(10));
        assertEquals(
                new Waiting(new Upload.Flowing(new Budget.Limited(0, 10)), Replay.ONCE_IF_STALE, Patience.NONE, 0),
                exact.next());
        Effect over = Exchange.next(exact.next(), new Event.UploadBytes(1)).effect();
        assertEquals(Cause.BODY_OVER_LIMIT, ((Effect.Answer) over).refusal().cause());
        assertEquals(
                "the body goes on behind the limit, which is 10 bytes here",
                ((Effect.Answer) over).refusal().detail());
    }

    @Test
    void aBodyWithoutLimitNeverRunsOut() {
        Exchange state = new Waiting(new Upload.Unsent(Budget.ENDLESS), Replay.NEVER, Patience.NONE, 0);
        for (int i = 0; i < 10; i++) {
            Step step = Exchange.next(state, new Event.UploadBytes(Integer.MAX_VALUE));
            assertEquals(Effect.PASS_UPLOAD, step.effect());
            state = step.next();
        }
    }

    @Test
    void theEndOfABodyThatIsOverOrNeverWasIsAFaultOfOurs() {
        for (Upload upload : List.of(Upload.NONE, Upload.SENT)) {
            Exchange waiting = new Waiting(upload, Replay.NEVER, Patience.NONE, 0);
            Exchange replying = new Replying(upload);
            for (Event event : List.of(Event.UPLOAD_END, new Event.UploadBytes(1))) {
                assertThrows(IllegalStateException.class, () -> Exchange.next(waiting, event), upload + " " + event);
                assertThrows(IllegalStateException.class, () -> Exchange.next(replying, event), upload + " " + event);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS"})
    void anIdempotentRequestMayBeSentAgain(String method) {
        assertEquals(new Connecting(Upload.NONE, Replay.ONCE_IF_STALE, Patience.NONE), begin(method, "Accept: a/b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH", "get", "PROPFIND", "M-SEARCH"})
    void anyOtherRequestIsSentOnce(String method) {
        assertEquals(new Connecting(Upload.NONE, Replay.NEVER, Patience.NONE), begin(method, "Accept: a/b"));
    }

    @Test
    void aBodyHasTheBudgetOfItsRoute() {
        Upload unsent = new Upload.Unsent(new Budget.Limited(7, 7));
        assertEquals(new Connecting(unsent, Replay.NEVER, Patience.NONE), begin("POST", "Content-Length: 3"));
        assertEquals(new Connecting(unsent, Replay.NEVER, Patience.NONE), begin("POST", "Transfer-Encoding: chunked"));
        assertEquals(new Connecting(Upload.NONE, Replay.NEVER, Patience.NONE), begin("POST", "Content-Length: 0"));
    }

    @ParameterizedTest
    @EnumSource(names = {"UPSTREAM_REFUSED", "UPSTREAM_UNRESOLVED", "UPSTREAM_UNREACHABLE", "CONNECT_TIMEOUT"})
    void whoIsPatientWaitsForAnUpstreamThatIsAway(Cause cause) {
        Refusal refusal = new Refusal(cause, "for the test");
        Step step = Exchange.next(new Connecting(UNSENT, Replay.NEVER, FOR_CONNECTION), new Event.LeaseFailed(refusal));
        assertEquals(new Step(new Held(UNSENT, FOR_CONNECTION), new Effect.Hold(LIMIT, refusal)), step);
    }

    @Test
    void whoIsNotPatientIsAnsweredAtOnce() {
        Exchange connecting = new Connecting(UNSENT, Replay.NEVER, Patience.NONE);
        assertEquals(
                new Effect.Answer(AWAY),
                Exchange.next(connecting, new Event.LeaseFailed(AWAY)).effect());
    }

    @Test
    void aHandshakeWaitsForItsAnswerAndAnyOtherRequestForAConnection() {
        Hold hold = new Hold(Optional.of(LIMIT), Optional.of(Duration.ofSeconds(3)), 9);
        assertEquals(new Connecting(Upload.NONE, Replay.ONCE_IF_STALE, FOR_ANSWER), begin("GET", UPGRADE, hold));
        assertEquals(
                new Connecting(Upload.NONE, Replay.ONCE_IF_STALE, new Patience.ForConnection(Duration.ofSeconds(3))),
                begin("GET", "Accept: a/b", hold));
        Hold handshakesAlone = new Hold(Optional.of(LIMIT), Optional.empty(), 9);
        assertEquals(
                new Connecting(Upload.NONE, Replay.ONCE_IF_STALE, Patience.NONE),
                begin("GET", "Accept: a/b", handshakesAlone));
    }

    @Test
    void aSwitchThatIsAskedForWithAPostIsNotAskedForTwice() {
        RequestHead head = Heads.request("POST / HTTP/1.1", "Host: a", "Connection: upgrade", "Upgrade: other");
        Route any = new Route(
                PathPrefix.ROOT,
                new Upstream(Scheme.HTTP, "web", 3000),
                BodyLimit.UNLIMITED,
                Upgrades.ANY,
                Duration.ofSeconds(1),
                AddressRules.EVERYBODY,
                Origins.ANY,
                new Hold(Optional.of(LIMIT), Optional.empty(), 9));
        assertEquals(new Connecting(Upload.NONE, Replay.NEVER, FOR_CONNECTION), Exchange.begin(head, any));
    }

    @ParameterizedTest
    @EnumSource
    void anInterimReplyEndsThePatienceOfAHandshake(Use use) {
        Exchange next =
                Exchange.next(state("upgrading"), new Event.InterimReply(use)).next();
        assertEquals(
                new Effect.Answer(REFUSAL),
                Exchange.next(next, event("upstream closed")).effect());
    }

    private static Exchange begin(String method, String field) {
        return begin(method, field, Hold.NOBODY);
    }

    private static Exchange begin(String method, String field, Hold hold) {
        RequestHead head = Heads.request(method + " / HTTP/1.1", "Host: a", field);
        return Exchange.begin(head, route(new BodyLimit.Bytes(7), hold));
    }

    static Route route(BodyLimit limit, Hold hold) {
        return new Route(
                PathPrefix.ROOT,
                new Upstream(Scheme.HTTP, "web", 3000),
                limit,
                Upgrades.WEBSOCKET,
                Duration.ofSeconds(1),
                AddressRules.EVERYBODY,
                Origins.ANY,
                hold);
    }
}
