package io.planeproxy.server.cli;

import io.planeproxy.server.doctor.Finding;
import io.planeproxy.server.doctor.Outcome;
import io.planeproxy.server.doctor.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Findings for people: a line for each, and below it the evidence and the fix where something is not as it should be. */
final class FindingLines {
    private static final int WIDTH_OF_WORD = 9;
    private static final int WIDTH_OF_CHECK = 23;
    private static final String INDENT = " ".repeat(WIDTH_OF_WORD + WIDTH_OF_CHECK);

    private final Colours colours;

    FindingLines(Colours colours) {
        this.colours = colours;
    }

    List<String> of(Finding finding) {
        Result result = finding.result();
        List<String> lines = new ArrayList<>();
        String subject = result.subject().isEmpty() ? "" : result.subject() + ": ";
        switch (result.outcome()) {
            case Outcome.Ok(String seen) -> lines.add(first(finding, subject + seen));
            case Outcome.Skipped(String why) -> lines.add(first(finding, subject + why));
            case Outcome.Warning(String seen, String fix) -> faulty(lines, finding, subject + seen, fix);
            case Outcome.Failed(String seen, String fix) -> faulty(lines, finding, subject + seen, fix);
        }
        return lines;
    }

    private void faulty(List<String> lines, Finding finding, String words, String fix) {
        lines.add(first(finding, words));
        finding.result().evidence().forEach(line -> lines.add(INDENT + "| " + line));
        lines.add(INDENT + "fix: " + fix);
    }

    private String first(Finding finding, String words) {
        Outcome outcome = finding.result().outcome();
        String word = outcome instanceof Outcome.Failed
                ? Verdicts.word(outcome).toUpperCase(Locale.ROOT)
                : Verdicts.word(outcome);
        String painted = colours.paint(word, outcome) + " ".repeat(WIDTH_OF_WORD - word.length());
        String check = finding.check()
                + " ".repeat(Math.max(1, WIDTH_OF_CHECK - finding.check().length()));
        return painted + check + words;
    }

    List<String> summary(List<Finding> findings) {
        List<String> counts = Stream.of("failed", "warning", "ok", "skipped")
                .map(word -> findings.stream()
                                .filter(finding -> Verdicts.word(
                                                finding.result().outcome())
                                        .equals(word))
                                .count()
                        + " " + word)
                .toList();
        return List.of("", String.join(", ", counts));
    }
}
