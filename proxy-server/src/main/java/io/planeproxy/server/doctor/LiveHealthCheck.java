package io.planeproxy.server.doctor;

import io.planeproxy.server.probe.Reply;
import io.planeproxy.server.probe.Way;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks Plane's collaboration server whether it is well, from each place; it must be the same server everywhere. */
final class LiveHealthCheck implements Check {
    private static final String PATH = "/live/health";
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Pattern IS_WELL = Pattern.compile("\"status\"\\s*:\\s*\"OK\"");
    private static final Pattern VERSION = Pattern.compile("\"version\"\\s*:\\s*\"([^\"]*)\"");

    @Override
    public String name() {
        return "live-health";
    }

    @Override
    public Duration limit(Patient patient) {
        return PATIENCE.multipliedBy(4)
                .plus(Keeping.ofRequests(patient.settings()).answerWithin());
    }

    @Override
    public List<Result> look(Patient patient) throws InterruptedException {
        List<Result> results = new ArrayList<>();
        Optional<String> nearest = Optional.empty();
        for (Heard heard : Vantages.atOnce(Vantages.of(patient, PATH), vantage -> asked(vantage, patient))) {
            switch (heard) {
                case Heard.Nothing(Result why) -> results.add(why);
                case Heard.Answer(Way way, Reply reply) -> {
                    results.add(judged(way, reply, nearest, patient));
                    nearest = nearest.or(() -> version(reply));
                }
            }
        }
        return Places.located(results);
    }

    /** What came back from one place. */
    private sealed interface Heard {
        record Answer(Way way, Reply reply) implements Heard {}

        record Nothing(Result why) implements Heard {}
    }

    private static Heard asked(Vantage vantage, Patient patient) {
        return switch (vantage) {
            case Vantage.Closed(String words, String why) -> new Heard.Nothing(Result.skipped(words, why));
            case Vantage.Open(Way way) -> asked(way, patient);
        };
    }

    private static Heard asked(Way way, Patient patient) {
        Keeping keeping = Keeping.ofRequests(patient.settings());
        try {
            return new Heard.Answer(way, Requests.get(way, PATH, PATIENCE, keeping.answerWithin(way)));
        } catch (IOException failure) {
            return new Heard.Nothing(Handshakes.unreachable(way, failure, keeping, patient.upstream(PATH)));
        }
    }

    private static Result judged(Way way, Reply reply, Optional<String> nearest, Patient patient) {
        return Handshakes.ownAnswer(way, reply, patient.upstream(PATH)).orElseGet(() -> ofPlane(way, reply, nearest));
    }

    private static Result ofPlane(Way way, Reply reply, Optional<String> nearest) {
        if (reply.status() != 200 || !IS_WELL.matcher(reply.body()).find()) {
            return Result.failed(
                    way.words(),
                    "answered " + reply.described() + "; expected 200 with \"status\":\"OK\"",
                    "see whether Plane's live server runs, and whether /live/ leads there");
        }
        Optional<String> version = version(reply);
        return nearest.isPresent() && version.isPresent() && !nearest.equals(version)
                ? Result.failed(
                        way.words(),
                        "another live server answers here: version " + version.get() + ", and not " + nearest.get(),
                        "let both ways lead to the same Plane")
                : Result.ok(
                        way.words(),
                        "200, OK" + version.map(text -> ", version " + text).orElse(""));
    }

    private static Optional<String> version(Reply reply) {
        Matcher version = VERSION.matcher(reply.body());
        return version.find() ? Optional.of(version.group(1)) : Optional.empty();
    }
}
