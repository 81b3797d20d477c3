package io.planeproxy.server.doctor;

import io.planeproxy.server.probe.Reply;
import io.planeproxy.server.probe.Way;
import io.planeproxy.server.probe.WebSocket;
import io.planeproxy.server.probe.WebSocket.Attempt;
import io.planeproxy.server.probe.WebSocket.Event;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Opens the socket of Plane's collaboration from each place at the same time, pings it and closes it. A ping is answered without any
 * login. While the upstream is away this proxy keeps a handshake back, so that its answer is waited for as long as it may take.
 */
final class WebSocketCheck implements Check {
    static final String PATH = "/live/collaboration";
    static final String NAME = "websocket";

    private static final byte[] PAYLOAD = "plane-proxy doctor".getBytes(StandardCharsets.US_ASCII);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int NO_CODE = 1005;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Duration limit(Patient patient) {
        return PATIENCE.multipliedBy(6)
                .plus(Keeping.ofHandshakes(patient.settings()).answerWithin());
    }

    @Override
    public List<Result> look(Patient patient) throws InterruptedException {
        return Places.located(Vantages.atOnce(Vantages.of(patient, PATH), vantage -> switch (vantage) {
            case Vantage.Closed(String words, String why) -> Result.skipped(words, why);
            case Vantage.Open(Way way) -> tried(way, patient);
        }));
    }

    private static Result tried(Way way, Patient patient) {
        Keeping keeping = Keeping.ofHandshakes(patient.settings());
        try {
            return switch (WebSocket.open(way, PATH, Handshakes.fields(patient), PATIENCE, keeping.answerWithin(way))) {
                case Attempt.Open(Reply reply, WebSocket socket) -> {
                    try (socket) {
                        yield talked(way, reply, socket);
                    }
                }
                case Attempt.Wrong(Reply reply, String why) ->
                    Result.failed(
                            way.words(),
                            why,
                            "the answer came from " + reply.author(),
                            reply.evidence().toArray(String[]::new));
                case Attempt.Refused(Reply reply) -> Handshakes.refused(way, reply, patient.upstream(PATH));
            };
        } catch (IOException failure) {
            return Handshakes.unreachable(way, failure, keeping, patient.upstream(PATH));
        }
    }

    private static Result talked(Way way, Reply reply, WebSocket socket) throws IOException {
        String[] evidence = reply.evidence().toArray(String[]::new);
        socket.ping(PAYLOAD);
        Event answer = skippingOthers(socket);
        return switch (answer) {
            case Event.Pong _ -> closed(way, socket, evidence);
            case Event.Closed(int code, String _)
            when code == NO_CODE ->
                Result.failed(
                        way.words(),
                        "101, and closed at once without a code: no collaboration server is behind " + PATH,
                        "let the requests for /live/ go to Plane's live server: upstream, or a route for /live/",
                        evidence);
            case Event.Closed(int code, String reason) ->
                Result.failed(
                        way.words(),
                        "101, and closed with " + code + " " + reason + " before a ping was answered",
                        "look into the log of Plane's live server",
                        evidence);
            case Event.Cut(String how) ->
                Result.failed(
                        way.words(),
                        "101, and then " + how + " before a ping was answered",
                        "somebody lets the handshake pass and not what follows",
                        evidence);
            case Event.Silence(), Event.Message _, Event.Ping _ ->
                Result.failed(
                        way.words(),
                        "101, and no answer to a ping within " + PATIENCE.toSeconds() + " s",
                        "somebody lets the handshake pass and not what follows",
                        evidence);
        };
    }

    /** Another server may say something by itself first. */
    private static Event skippingOthers(WebSocket socket) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Event event = new Event.Silence();
        while (System.nanoTime() < end) {
            event = socket.next(Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime())));
            switch (event) {
                case Event.Ping(byte[] payload) -> socket.pong(payload);
                case Event.Message _ -> {}
                case Event.Pong(byte[] payload) when !Arrays.equals(payload, PAYLOAD) -> {}
                case Event.Pong _, Event.Closed _, Event.Cut _, Event.Silence() -> {
                    return event;
                }
            }
        }
        return event;
    }

    private static Result closed(Way way, WebSocket socket, String... evidence) throws IOException {
        socket.sendClose(1000);
        Event end = skippingOthers(socket);
        return switch (end) {
            case Event.Closed(int code, String _) ->
                Result.ok(way.words(), "101, the right key, ping answered, close echoed (" + code + ")", evidence);
            case Event.Cut _, Event.Silence(), Event.Message _, Event.Ping _, Event.Pong _ ->
                Result.warning(
                        way.words(),
                        "101 and ping answered, and the close frame was not echoed",
                        "browsers will see 1006, as after a fault",
                        evidence);
        };
    }
}
