package io.planeproxy.benchmarks.sidebyside;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All samples so far, by load and proxy. */
final class Results {
    private final Map<String, List<Sample>> samples = new LinkedHashMap<>();
    private final Map<String, String> failures = new LinkedHashMap<>();

    void add(Load load, String peer, Sample sample) {
        samples.computeIfAbsent(key(load.id(), peer), none -> new ArrayList<>()).add(sample);
    }

    void failed(Load load, String peer, String how) {
        failures.putIfAbsent(key(load.id(), peer), how);
    }

    Optional<String> failure(Load load, String peer) {
        return Optional.ofNullable(failures.get(key(load.id(), peer)));
    }

    boolean has(Load load, Figure figure) {
        return samples.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(load.id() + " "))
                .flatMap(entry -> entry.getValue().stream())
                .anyMatch(sample -> sample.figures().containsKey(figure));
    }

    /** Median, least and most of a figure; empty where it was not measured. */
    Optional<Summary> of(String load, String peer, Figure figure) {
        double[] values = samples.getOrDefault(key(load, peer), List.of()).stream()
                .filter(sample -> sample.figures().containsKey(figure))
                .mapToDouble(sample -> sample.figures().get(figure))
                .sorted()
                .toArray();
        return values.length == 0 ? Optional.empty() : Optional.of(Summary.of(values));
    }

    private static String key(String load, String peer) {
        return load + " " + peer;
    }

    /** Of several runs of the same thing. */
    record Summary(double median, double least, double most) {
        static Summary of(double[] sorted) {
            int middle = sorted.length / 2;
            double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
            return new Summary(median, sorted[0], Arrays.stream(sorted).max().orElseThrow());
        }

        /** How far the runs lie apart, as a part of the median. */
        double spread() {
            return median == 0 ? 0 : (most - least) / median;
        }
    }
}
