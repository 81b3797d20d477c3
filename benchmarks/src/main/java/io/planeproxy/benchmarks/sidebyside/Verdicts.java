package io.planeproxy.benchmarks.sidebyside;

import io.planeproxy.benchmarks.sidebyside.peers.PlaneProxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Whether this proxy has reached what it has to. */
final class Verdicts {
    private static final double BUSY = 0.97;

    private final Results results;

    Verdicts(Results results) {
        this.results = results;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("| load | figure | bar | measured | CPU of the other / ours | |");
        lines.add("|---|---|---|---:|---:|---|");
        for (Bar bar : Bar.ALL) {
            line(bar).ifPresent(lines::add);
        }
        return lines;
    }

    private Optional<String> line(Bar bar) {
        Optional<Double> ours = median(bar.load(), PlaneProxy.ID, bar.figure());
        OptionalDouble other = best(bar, bar.figure());
        if (ours.isEmpty() || (other.isEmpty() && bar.against() != Bar.Against.NOBODY)) {
            return Optional.empty();
        }
        double value = bar.against() == Bar.Against.NOBODY ? ours.get() : ours.get() / other.getAsDouble();
        String measured = bar.against() == Bar.Against.NOBODY ? bar.figure().text(value) : Text.number(value, 2) + " ×";
        return Optional.of("| " + bar.load() + " | " + bar.figure().title() + " | " + bar.words() + " | " + measured
                + " | " + cpu(bar) + " | " + verdict(bar, value) + " |");
    }

    private String verdict(Bar bar, double value) {
        String loadIsLimit = median(bar.load(), PlaneProxy.ID, Figure.LOAD_CORE).orElse(0.0) > BUSY
                        && median(bar.load(), PlaneProxy.ID, Figure.PROXY_CORE).orElse(1.0) < BUSY
                ? ", the load was the limit"
                : "";
        return (bar.isMetBy(value) ? "met" : "**missed**") + loadIsLimit;
    }

    /** How many times more processor time the other takes for one operation; what the rates would be if nothing else limited them. */
    private String cpu(Bar bar) {
        Optional<Double> ours = median(bar.load(), PlaneProxy.ID, Figure.CPU);
        OptionalDouble other = best(bar, Figure.CPU);
        return ours.isPresent() && other.isPresent() ? Text.number(other.getAsDouble() / ours.get(), 2) + " ×" : "";
    }

    private OptionalDouble best(Bar bar, Figure figure) {
        var medians = bar.against().peers().stream()
                .flatMap(peer -> median(bar.load(), peer, figure).stream())
                .mapToDouble(Double::doubleValue);
        return figure == Figure.RATE ? medians.max() : medians.min();
    }

    private Optional<Double> median(String load, String peer, Figure figure) {
        return results.of(load, peer, figure).map(Results.Summary::median);
    }
}
