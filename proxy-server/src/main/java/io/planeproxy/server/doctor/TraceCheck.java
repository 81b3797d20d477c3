package io.planeproxy.server.doctor;

import io.planeproxy.server.probe.Heads;
import io.planeproxy.server.probe.Reply;
import io.planeproxy.server.probe.Way;
import io.planeproxy.server.probe.WebSocket;
import io.planeproxy.server.probe.WebSocket.Attempt;
import io.planeproxy.server.probe.WebSocket.Event;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sends a request to the public address that only this proxy knows what to do with, and looks how it comes back: whether at all, through
 * whom, with which fields, and whether an upgrade survives. So several proxies in a row are found, and which of them is set up wrong.
 */
final class TraceCheck implements Check {
    static final String NAME = "trace";

    private static final String UPGRADE = "upgrade";
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** From here on, whoever answers has a fault (RFC 9110 §15.6). */
    private static final int BROKEN = 500;

    /** How many times one of the requests may wait for so long. */
    private static final int WAITS = 8;

    /** An address of nobody (RFC 5737), to be claimed by a client that lies. */
    private static final String CLAIMED = "192.0.2.1";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Duration limit(Patient patient) {
        return PATIENCE.multipliedBy(WAITS);
    }

    @Override
    public List<Result> look(Patient patient) throws IOException {
        Vantage vantage = Vantages.inPublic(patient) instanceof Vantage.Open open ? open : Vantages.here(patient);
        return switch (vantage) {
            case Vantage.Closed(String words, String why) -> List.of(Result.skipped(words, why));
            case Vantage.Open(Way way) -> {
                try (Trace trace = Trace.open(patient.lender(), PATIENCE.multipliedBy(WAITS))) {
                    yield traced(way, trace);
                } catch (Lender.CannotLend why) {
                    yield List.of(Result.skipped(way.words(), String.valueOf(why.getMessage())));
                }
            }
        };
    }

    private static List<Result> traced(Way way, Trace trace) throws IOException {
        List<String> head = Requests.ofGet(way, trace.path());
        Optional<Reply> reply = asked(way, head);
        Optional<Sighting> seen = trace.sighting(0, head);
        if (seen.isEmpty()) {
            return List.of(elsewhere(way, reply));
        }
        List<Result> results = new ArrayList<>(WayHere.of(way, seen.get()));
        results.add(upgrade(way, trace));
        claimed(way, trace).ifPresent(results::add);
        return results;
    }

    private static Optional<Reply> asked(Way way, List<String> head) {
        try {
            return Optional.of(Requests.send(way, head, PATIENCE));
        } catch (IOException noAnswer) {
            return Optional.empty();
        }
    }

    private static Result elsewhere(Way way, Optional<Reply> reply) {
        String host = way.host().replaceFirst(":\\d+$", "");
        String look = "see where the name leads (getent hosts " + host
                + "), and where whatever listens there passes requests on to";
        if (reply.isEmpty()) {
            return Result.failed(
                    way.words(),
                    "the request did not come to this proxy: nobody answered at " + way.address(),
                    look + "; is the port open in the firewall?");
        }
        return Handshakes.ownAnswer(way, reply.get())
                .orElseGet(() -> Result.failed(
                        way.words(),
                        "the request did not come to this proxy; somebody else answered: "
                                + reply.get().described(),
                        reply.get().status() < BROKEN ? look : look + "; its own error log says why it answers so",
                        reply.get().evidence().toArray(String[]::new)));
    }

    private static Result upgrade(Way way, Trace trace) throws IOException {
        int before = trace.count();
        Attempt attempt;
        try {
            attempt = WebSocket.open(way, trace.path(), List.of(), PATIENCE, PATIENCE);
        } catch (IOException failure) {
            return Handshakes.unreachable(way, failure);
        }
        return switch (attempt) {
            case Attempt.Open(Reply _, WebSocket socket) -> {
                try (socket) {
                    yield talked(socket);
                }
            }
            case Attempt.Wrong(Reply _, String why) -> Result.failed(UPGRADE, why, WayHere.UPGRADE_IN_FRONT);
            case Attempt.Refused(Reply reply) -> refused(reply, trace.sighting(before, List.of()));
        };
    }

    private static Result talked(WebSocket socket) throws IOException {
        socket.ping(NAME.getBytes(StandardCharsets.US_ASCII));
        return socket.next(PATIENCE) instanceof Event.Pong
                ? Result.ok(UPGRADE, "arrives, 101 comes back, and so does a pong")
                : Result.failed(
                        UPGRADE,
                        "arrives, 101 comes back, and nothing after it: a ping was not answered",
                        "somebody in front of this proxy lets the handshake pass and not what follows");
    }

    private static Result refused(Reply reply, Optional<Sighting> seen) {
        boolean arrived =
                seen.flatMap(came -> Heads.field(came.asItCame(), "Upgrade")).isPresent();
        String what = arrived
                ? "it arrives here, and the 101 does not come back: " + reply.described()
                : seen.isPresent()
                        ? "the upgrade headers were lost in front of this proxy: the request came without Upgrade"
                        : "it did not come to this proxy: " + reply.described();
        return new Result(
                UPGRADE,
                new Outcome.Failed(what, WayHere.UPGRADE_IN_FRONT),
                seen.map(Sighting::evidence).orElse(reply.evidence()));
    }

    /** As a client that claims to be somebody else. */
    private static Optional<Result> claimed(Way way, Trace trace) throws IOException {
        int before = trace.count();
        List<String> head = new ArrayList<>(Requests.ofGet(way, trace.path()));
        head.add("X-Forwarded-For: " + CLAIMED);
        asked(way, head);
        return trace.sighting(before, head).map(seen -> WayHere.claim(CLAIMED, seen));
    }
}
