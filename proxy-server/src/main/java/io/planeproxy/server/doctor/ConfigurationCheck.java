package io.planeproxy.server.doctor;

import io.planeproxy.server.settings.Problem;
import io.planeproxy.server.settings.Read;
import java.util.List;
import java.util.stream.Collectors;

/** Whether the configuration can be used. Comes before all others, which need its settings. */
final class ConfigurationCheck {
    static final String NAME = "configuration";

    private ConfigurationCheck() {}

    static List<Result> of(Read read) {
        return switch (read) {
            case Read.Good(var settings) ->
                List.of(Result.ok(
                        "",
                        "good: listens on "
                                + settings.listeners().stream()
                                        .map(listener ->
                                                listener.address().value().toString())
                                        .collect(Collectors.joining(" and "))
                                + ", passes / to "
                                + settings.defaultRoute().upstream().value()));
            case Read.Bad(List<Problem> problems) ->
                problems.stream().map(ConfigurationCheck::failed).toList();
        };
    }

    private static Result failed(Problem problem) {
        String seen =
                problem.expected().isEmpty() ? problem.seen() : problem.seen() + "; expected " + problem.expected();
        String place = problem.key().isEmpty()
                ? problem.where().text()
                : problem.where().text() + ": " + problem.key();
        return Result.failed(place, seen, problem.advice().isEmpty() ? "correct it there" : problem.advice());
    }
}
