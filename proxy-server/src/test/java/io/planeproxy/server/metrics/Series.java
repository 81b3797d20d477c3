package io.planeproxy.server.metrics;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Figures by their name with its labels, as Prometheus' text has them. */
final class Series {
    private static final Pattern LINE = Pattern.compile("([a-z_]+)(\\{[^}]*})? (\\S+)");

    private final Map<String, Double> figures = new TreeMap<>();

    /** Out of a whole page. */
    static Series parse(String page) {
        Series series = new Series();
        page.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                throw new AssertionError("not a line of Prometheus' text: " + line);
            }
            String labels = matcher.group(2) == null ? "" : matcher.group(2);
            series.figures.put(matcher.group(1) + labels, Double.parseDouble(matcher.group(3)));
        });
        return series;
    }

    void add(String name, double more) {
        figures.merge(name, more, Double::sum);
    }

    double of(String name) {
        return figures.getOrDefault(name, 0.0);
    }

    /** Those that are not 0 and whose name fits, one in each line. */
    String notZero(String pattern) {
        return figures.entrySet().stream()
                .filter(entry -> entry.getValue() != 0 && entry.getKey().matches(pattern))
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining("\n"));
    }
}
