package io.planeproxy.benchmarks.sidebyside;

import io.planeproxy.benchmarks.sidebyside.peers.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table. */
final class MarkdownReport {
    private final Plan plan;
    private final Results results;
    private final Machine machine;

    MarkdownReport(Plan plan, Results results, Machine machine) {
        this.plan = plan;
        this.results = results;
        this.machine = machine;
    }

    String text() {
        List<String> lines = new ArrayList<>(List.of("# Side by side", ""));
        machine.lines().forEach(line -> lines.add("- " + line));
        lines.addAll(List.of(
                "",
                "Each figure is the median of the rounds. ± is how far the rates of the rounds lie apart, the most less the least, as a part"
                        + " of the median. Where the load's core is busy throughout and the proxy's is not, the rate is the load's limit"
                        + " and not the proxy's; then CPU is what tells proxies apart. How long the proxy's thread was ready and waited for"
                        + " the core, since a compiler, a collector or the machine's other work had it, is in p99.",
                ""));
        lines.addAll(new Verdicts(results).lines());
        for (Load load : plan.loads()) {
            lines.addAll(List.of("", "## " + load.id() + ": " + load.title(), ""));
            lines.addAll(table(load));
        }
        return String.join("\n", lines) + "\n";
    }

    private List<String> table(Load load) {
        List<Figure> figures = Stream.of(Figure.values())
                .filter(figure -> results.has(load, figure))
                .toList();
        List<String> lines = new ArrayList<>();
        lines.add("| proxy | " + figures.stream().map(this::heading).collect(Collectors.joining(" | ")) + " |");
        lines.add("|---|" + "---:|".repeat(figures.size() + (figures.contains(Figure.RATE) ? 1 : 0)));
        for (Peer peer : plan.peers()) {
            lines.add(results.failure(load, peer.id())
                    .map(how -> "| " + peer.title() + " | failed: "
                            + how.lines().findFirst().orElse("") + " |")
                    .orElseGet(() -> row(load, peer, figures)));
        }
        return lines;
    }

    private String heading(Figure figure) {
        return figure == Figure.RATE ? figure.title() + " | ±" : figure.title();
    }

    private String row(Load load, Peer peer, List<Figure> figures) {
        return "| " + peer.title() + " | "
                + figures.stream().map(figure -> cell(load, peer, figure)).collect(Collectors.joining(" | ")) + " |";
    }

    private String cell(Load load, Peer peer, Figure figure) {
        Optional<Results.Summary> summary = results.of(load.id(), peer.id(), figure);
        String median = summary.map(each -> figure.text(each.median())).orElse("");
        return figure == Figure.RATE
                ? median + " | "
                        + summary.map(each -> Text.number(each.spread() * 100, 0) + " %")
                                .orElse("")
                : median;
    }
}
