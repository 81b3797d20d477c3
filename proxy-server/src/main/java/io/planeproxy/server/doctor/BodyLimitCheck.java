package io.planeproxy.server.doctor;

import io.planeproxy.server.probe.Reply;
import io.planeproxy.server.probe.Way;
import io.planeproxy.server.settings.BodyLimit;
import io.planeproxy.server.settings.ByteSize;
import io.planeproxy.server.settings.RouteSettings;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Announces a body of exactly the limit, and one a byte larger, without sending either. The first must not be refused by anybody, the
 * second by this proxy.
 */
final class BodyLimitCheck implements Check {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int TOO_LARGE = 413;
    private static final String BODY_OVER_LIMIT = "body-over-limit";

    @Override
    public String name() {
        return "body-limit";
    }

    @Override
    public Duration limit(Patient patient) {
        return Duration.ofSeconds(90);
    }

    @Override
    public List<Result> look(Patient patient) {
        List<Result> results = new ArrayList<>();
        for (RouteSettings route : patient.settings().routes()) {
            if (route.path().text().equals("/")
                    || !route.maxBody().equals(patient.settings().defaultRoute().maxBody())) {
                results.addAll(of(route, patient));
            }
        }
        return results;
    }

    private static List<Result> of(RouteSettings route, Patient patient) {
        String path = route.path().text().equals("/")
                ? "/plane-proxy-doctor"
                : route.path().text();
        return switch (route.maxBody()) {
            case BodyLimit.Unlimited() ->
                List.of(Result.skipped(path, "bodies of any size are passed on: max-body = unlimited"));
            case BodyLimit.Limited(ByteSize size) -> {
                List<Result> results = new ArrayList<>();
                for (Vantage vantage : Vantages.of(patient, path)) {
                    results.add(
                            switch (vantage) {
                                case Vantage.Closed(String words, String why) -> Result.skipped(words, why);
                                case Vantage.Open(Way way) -> tried(way, path, size);
                            });
                }
                yield Places.located(results);
            }
        };
    }

    private static Result tried(Way way, String path, ByteSize limit) {
        try {
            Optional<Reply> atLimit = refusal(way, path, limit.bytes());
            if (atLimit.isPresent()) {
                return tooSmall(way, path, limit, atLimit.get());
            }
            return way.words().equals(Vantage.DIRECT)
                    ? Result.ok(way.words(), "a body of " + limit + " is not refused for its size")
                    : overLimit(way, limit, refusal(way, path, limit.bytes() + 1));
        } catch (IOException failure) {
            return Handshakes.unreachable(way, failure);
        }
    }

    private static Result tooSmall(Way way, String path, ByteSize limit, Reply refusal) throws IOException {
        return Result.failed(
                way.words(),
                "a body of " + limit + ", which is this proxy's limit for " + path + ", is refused with 413 by "
                        + refusal.author() + "; " + largestTaken(way, path, limit),
                "raise the limit there; in nginx: client_max_body_size " + limit + "; in Plane: FILE_SIZE_LIMIT",
                refusal.evidence().toArray(String[]::new));
    }

    /** Halves until one passes: a rough idea is enough to recognise the limit by. */
    private static String largestTaken(Way way, String path, ByteSize limit) throws IOException {
        for (long bytes = limit.bytes() / 2; bytes > 1024; bytes /= 2) {
            if (refusal(way, path, bytes).isEmpty()) {
                return "one of " + new ByteSize(bytes) + " passes";
            }
        }
        return "none passes that is worth speaking of";
    }

    private static Result overLimit(Way way, ByteSize limit, Optional<Reply> refusal) {
        boolean isOurs =
                refusal.flatMap(Reply::cause).filter(BODY_OVER_LIMIT::equals).isPresent();
        boolean isRefusedInFront = refusal.isPresent() && way.words().equals(Vantage.PUBLIC);
        return isOurs || isRefusedInFront
                ? Result.ok(
                        way.words(),
                        "a body of " + limit + " is not refused for its size, one byte more is refused with 413 by "
                                + refusal.map(Reply::author).orElse("nobody"))
                : Result.warning(
                        way.words(),
                        "a body of one byte more than " + limit + " is "
                                + refusal.map(reply -> "refused by " + reply.author())
                                        .orElse("not refused"),
                        "the proxy that answers there has another configuration in effect than this one; reload or restart"
                                + " it");
    }

    /** Nothing where the body would be taken: by a 100, by any other answer, or by waiting for it. */
    private static Optional<Reply> refusal(Way way, String path, long bytes) throws IOException {
        try {
            Reply reply = Requests.announce(way, path, bytes, PATIENCE);
            return reply.status() == TOO_LARGE ? Optional.of(reply) : Optional.empty();
        } catch (SocketTimeoutException waiting) {
            return Optional.empty();
        }
    }
}
