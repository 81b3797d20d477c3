package io.planeproxy.server.pages;

import io.planeproxy.server.admin.AdminPage;
import io.planeproxy.server.admin.AdminReply;
import io.planeproxy.server.admin.AdminRequest;
import io.planeproxy.server.settings.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads the configuration again: 200 where the new one is in service, 422 where it is wrong, 503 where it cannot be served. */
public final class ReloadPage implements AdminPage {
    /** Before each line of a good answer that is worth a look. */
    public static final String WARNING = "warning: ";

    /** In the query: the number of the configuration that is put back, for the log. */
    public static final String ROLLBACK = "rollback";

    private final Function<String, ReloadReport> reload;

    /** @param reload does it, for whom it is told */
    public ReloadPage(Function<String, ReloadReport> reload) {
        this.reload = reload;
    }

    @Override
    public String path() {
        return "/reload";
    }

    @Override
    public Verb verb() {
        return Verb.POST;
    }

    @Override
    public AdminReply answer(AdminRequest request) {
        ReloadReport report = reload.apply(request.asker() + back(request));
        return request.wantsJson() ? json(report) : text(report);
    }

    private static String back(AdminRequest request) {
        return Optional.ofNullable(request.query().get(ROLLBACK))
                .filter(number -> number.matches("\\d{1,9}"))
                .map(number -> ", as a rollback to " + number)
                .orElse("");
    }

    private static AdminReply text(ReloadReport report) {
        return switch (report) {
            case ReloadReport.InService(List<String> warnings, List<String> listening) -> {
                List<String> lines = new ArrayList<>(List.of("reloaded; the new configuration is in service"));
                listening.forEach(line -> lines.add("  " + line));
                warnings.forEach(warning -> lines.add(WARNING + warning));
                yield AdminReply.text(200, lines);
            }
            case ReloadReport.Wrong(List<Problem> problems) -> AdminReply.text(422, texts(problems));
            case ReloadReport.Failed(String sentence) -> AdminReply.text(503, sentence);
        };
    }

    private static AdminReply json(ReloadReport report) {
        return switch (report) {
            case ReloadReport.InService(List<String> warnings, List<String> listening) ->
                AdminReply.json(200, Map.of("inService", true, "warnings", warnings, "listening", listening));
            case ReloadReport.Wrong(List<Problem> problems) ->
                AdminReply.json(422, Map.of("inService", false, "problems", texts(problems)));
            case ReloadReport.Failed(String sentence) ->
                AdminReply.json(503, Map.of("inService", false, "problems", List.of(sentence)));
        };
    }

    private static List<String> texts(List<Problem> problems) {
        return problems.stream().map(Problem::text).toList();
    }
}
