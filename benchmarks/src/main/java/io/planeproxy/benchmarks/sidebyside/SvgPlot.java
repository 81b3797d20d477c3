package io.planeproxy.benchmarks.sidebyside;

import io.planeproxy.benchmarks.sidebyside.peers.Peer;
import io.planeproxy.benchmarks.sidebyside.peers.PlaneProxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The plot: for each load a bar for each proxy, with what was measured at least and at most. */
final class SvgPlot {
    private static final int WIDTH = 860;
    private static final int LABELS = 210;
    private static final int BARS = 400;
    private static final int ROW = 20;
    private static final int PANEL_HEAD = 34;
    private static final int TOP = 46;

    private final Plan plan;
    private final Results results;
    private final Machine machine;
    private final List<String> lines = new ArrayList<>();
    private int y = TOP;

    SvgPlot(Plan plan, Results results, Machine machine) {
        this.plan = plan;
        this.results = results;
        this.machine = machine;
    }

    String text() {
        say(10, 20, "title", "plane-proxy side by side; one core for the proxy");
        say(10, 36, "small", machine.lines().getFirst() + ". " + machine.lines().get(1));
        for (Load load : plan.loads()) {
            for (Figure figure : List.of(Figure.RATE, Figure.CPU, Figure.PER_SOCKET, Figure.FIRST_REPLY)) {
                if (results.has(load, figure)) {
                    panel(load, figure);
                }
            }
        }
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d">
                <style>
                  text { font: 12px sans-serif; fill: #222 } .title { font-weight: bold; font-size: 15px } .small { font-size: 10px; fill: #666 }
                  .head { font-weight: bold } .value { font-size: 11px } .ours { fill: #1f77b4 } .other { fill: #b8bec6 } .range { stroke: #333 }
                </style>
                <rect width="100%%" height="100%%" fill="#fff"/>
                %s
                </svg>
                """.formatted(WIDTH, y + 10, WIDTH, y + 10, String.join("\n", lines));
    }

    private void panel(Load load, Figure figure) {
        y += PANEL_HEAD;
        say(10, y - 8, "head", load.id() + ": " + load.title() + ", " + figure.title() + better(figure));
        double most = plan.peers().stream()
                .flatMap(peer -> results.of(load.id(), peer.id(), figure).stream())
                .mapToDouble(Results.Summary::most)
                .max()
                .orElse(1);
        for (Peer peer : plan.peers()) {
            Optional<Results.Summary> summary = results.of(load.id(), peer.id(), figure);
            summary.ifPresent(each -> bar(peer, figure, each, BARS / Math.max(most, 1e-9)));
        }
    }

    private static String better(Figure figure) {
        return figure == Figure.RATE ? " (more is better)" : " (less is better)";
    }

    private void bar(Peer peer, Figure figure, Results.Summary summary, double scale) {
        String kind = peer.id().equals(PlaneProxy.ID) ? "ours" : "other";
        say(10, y + 13, "label", peer.title());
        add(
                "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"14\"/>",
                kind, LABELS, y + 2, Math.max(summary.median() * scale, 0));
        add(
                "<line class=\"range\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>",
                LABELS + summary.least() * scale, LABELS + summary.most() * scale, y + 9, y + 9);
        say((int) (LABELS + summary.most() * scale) + 8, y + 13, "value", figure.text(summary.median()));
        y += ROW;
    }

    private void say(int x, int at, String kind, String text) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;");
        add("<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>", kind, x, at, escaped);
    }

    private void add(String format, Object... values) {
        lines.add(String.format(Locale.ROOT, format, values));
    }
}
