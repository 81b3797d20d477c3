package io.planeproxy.server.pages;

import io.planeproxy.server.settings.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How long the configuration has been in service.
 *
 * @param asker who asked for it
 * @param refused the last attempt since then to exchange it
 */
public record Tenure(Instant since, String asker, Optional<Refused> refused) {

    /**
     * An attempt that came to nothing.
     *
     * @param problems why, at least one
     */
    public record Refused(Instant at, String asker, List<String> problems) {
        public Refused {
            problems = List.copyOf(problems);
        }
    }

    /** That of the configuration that the program starts with. */
    public static Tenure started(Instant at) {
        return new Tenure(at, "whoever started the program", Optional.empty());
    }

    /** After an attempt to exchange it. */
    public Tenure after(ReloadReport report, String askedBy, Instant at) {
        return switch (report) {
            case ReloadReport.InService _ -> new Tenure(at, askedBy, Optional.empty());
            case ReloadReport.Wrong(List<Problem> problems) ->
                new Tenure(
                        since,
                        asker,
                        Optional.of(new Refused(
                                at,
                                askedBy,
                                problems.stream().map(Problem::text).toList())));
            case ReloadReport.Failed(String sentence) ->
                new Tenure(since, asker, Optional.of(new Refused(at, askedBy, List.of(sentence))));
        };
    }
}
