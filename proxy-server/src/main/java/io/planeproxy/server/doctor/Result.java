package io.planeproxy.server.doctor;

import java.util.List;

/**
 * What a check found about one thing.
 *
 * @param subject the thing; a check may look at several
 * @param evidence what was seen to come to that, a line each
 */
public record Result(String subject, Outcome outcome, List<String> evidence) {
    public Result {
        evidence = List.copyOf(evidence);
    }

    public static Result ok(String subject, String seen, String... evidence) {
        return new Result(subject, new Outcome.Ok(seen), List.of(evidence));
    }

    public static Result warning(String subject, String seen, String fix, String... evidence) {
        return new Result(subject, new Outcome.Warning(seen, fix), List.of(evidence));
    }

    public static Result failed(String subject, String seen, String fix, String... evidence) {
        return new Result(subject, new Outcome.Failed(seen, fix), List.of(evidence));
    }

    public static Result skipped(String subject, String why) {
        return new Result(subject, new Outcome.Skipped(why), List.of());
    }

    Result with(List<String> more) {
        return new Result(subject, outcome, more);
    }
}
