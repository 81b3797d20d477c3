package io.planeproxy.server.doctor;

import io.planeproxy.server.probe.Reply;
import io.planeproxy.server.probe.Way;
import io.planeproxy.server.probe.WebSocket;
import io.planeproxy.server.probe.WebSocket.Attempt;
import io.planeproxy.server.probe.WebSocket.Event;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Keeps a socket open in silence, from each place at the same time: a hop with an idle limit ends it. Plane's own server breaks the
 * silence with pings and ends a socket without a login, so that where the running proxy lends a path, the socket is one to this process.
 */
final class IdleCheck implements Check {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Plane's live server ends a socket on which nobody has logged in after 30 s. */
    private static final int NO_LOGIN = 4401;

    @Override
    public String name() {
        return "websocket-idle";
    }

    @Override
    public Duration limit(Patient patient) {
        return patient.order().idle().plus(PATIENCE.multipliedBy(4));
    }

    @Override
    public List<Result> look(Patient patient) throws IOException, InterruptedException {
        if (patient.order().idle().isZero()) {
            return List.of(
                    Result.skipped(
                            "",
                            "not asked for; --idle 65 keeps a socket silent for 65 s, which finds a hop that ends it after 60"));
        }
        try (Trace trace = Trace.open(patient.lender(), patient.order().idle().plus(PATIENCE))) {
            return looked(patient, trace.path());
        } catch (Lender.CannotLend throughPlane) {
            return looked(patient, WebSocketCheck.PATH);
        }
    }

    /** @param path for the sockets that pass this proxy */
    private static List<Result> looked(Patient patient, String path) throws InterruptedException {
        return Places.located(Vantages.atOnce(Vantages.of(patient, WebSocketCheck.PATH), vantage -> switch (vantage) {
            case Vantage.Closed(String words, String why) -> Result.skipped(words, why);
            case Vantage.Open(Way way) ->
                tried(way, way.words().equals(Vantage.DIRECT) ? WebSocketCheck.PATH : path, patient);
        }));
    }

    private static Result tried(Way way, String path, Patient patient) {
        try {
            return switch (WebSocket.open(way, path, Handshakes.fields(patient), PATIENCE, PATIENCE)) {
                case Attempt.Open(Reply _, WebSocket socket) -> {
                    try (socket) {
                        yield kept(way, socket, patient.order().idle());
                    }
                }
                case Attempt.Wrong _, Attempt.Refused _ ->
                    Result.skipped(way.words(), "it does not open, see " + WebSocketCheck.NAME);
            };
        } catch (IOException failure) {
            return Result.skipped(way.words(), "it does not open, see " + WebSocketCheck.NAME);
        }
    }

    private static Result kept(Way way, WebSocket socket, Duration idle) throws IOException {
        long begin = System.nanoTime();
        long end = begin + idle.toNanos();
        while (System.nanoTime() < end) {
            Event event = socket.next(Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime())));
            long seconds =
                    Duration.ofNanos(System.nanoTime() - begin).plusMillis(500).toSeconds();
            switch (event) {
                case Event.Ping(byte[] payload) -> socket.pong(payload);
                case Event.Pong _, Event.Message _, Event.Silence() -> {}
                case Event.Closed(int code, String reason) -> {
                    return closed(way, seconds, code, reason);
                }
                case Event.Cut _ -> {
                    return Result.failed(
                            way.words(),
                            "cut after " + seconds + " s of silence, without a close frame: somebody has an idle limit",
                            "in nginx: proxy_read_timeout 1h, here: timeouts.tunnel-idle");
                }
            }
        }
        return Result.ok(way.words(), "open after " + idle.toSeconds() + " s of silence");
    }

    private static Result closed(Way way, long seconds, int code, String reason) {
        return code == NO_LOGIN
                ? Result.ok(
                        way.words(),
                        "open for " + seconds + " s, until Plane ended it because nobody logged in (" + code
                                + "); longer silence can be tried through a running proxy that takes orders from this user")
                : Result.failed(
                        way.words(), "closed with " + code + " " + reason + " after " + seconds + " s of silence", "");
    }
}
