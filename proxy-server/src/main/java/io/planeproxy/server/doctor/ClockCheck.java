package io.planeproxy.server.doctor;

import io.planeproxy.server.probe.Reply;
import io.planeproxy.server.probe.Way;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether this machine's clock agrees with those of others: certificates and signed addresses go by it. */
final class ClockCheck implements Check {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration MOST = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "clock";
    }

    @Override
    public List<Result> look(Patient patient) {
        List<Result> results = new ArrayList<>();
        for (Vantage vantage : List.of(Vantages.direct(patient, "/"), Vantages.inPublic(patient))) {
            if (vantage instanceof Vantage.Open(Way way)) {
                dated(way)
                        .map(date -> compared(way, date, patient.clock().instant()))
                        .ifPresent(results::add);
            }
        }
        return results.isEmpty() ? List.of(Result.skipped("", "nobody was reached who says what time it is")) : results;
    }

    private static Result compared(Way way, Instant there, Instant here) {
        Duration difference = Duration.between(there, here).abs();
        String seen = "here it is " + here.truncatedTo(ChronoUnit.SECONDS) + ", there " + there;
        return difference.compareTo(MOST) > 0
                ? Result.warning(
                        way.words(),
                        "the clocks differ by " + difference.toSeconds() + " s: " + seen,
                        "set the one that is wrong: timedatectl, systemctl status systemd-timesyncd")
                : Result.ok(way.words(), "agrees to " + MOST.toSeconds() + " s");
    }

    private static Optional<Instant> dated(Way way) {
        try {
            Reply reply = Requests.get(way, "/", PATIENCE);
            return reply.field("Date")
                    .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (IOException | DateTimeException noDate) {
            return Optional.empty();
        }
    }
}
