package io.planeproxy.server.settings;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** What one reading collects: every problem, and every key that was asked for. */
final class Findings {
    private final List<Problem> problems = new ArrayList<>();
    private final SortedSet<String> known = new TreeSet<>();
    private final Set<String> secrets = new HashSet<>();

    void add(Problem problem) {
        problems.add(problem);
    }

    void askedFor(String key) {
        known.add(key.replaceAll("\\[\\d+]", "[]"));
    }

    /** @param key whose value nobody may see */
    void secret(String key) {
        secrets.add(key);
    }

    Set<String> secrets() {
        return Collections.unmodifiableSet(secrets);
    }

    boolean clean() {
        return problems.isEmpty();
    }

    /** Options first, then variables, then the file from its top; otherwise as they were found. */
    List<Problem> problems() {
        Set<String> said = new HashSet<>();
        return problems.stream()
                .filter(problem -> said.add(problem.text()))
                .sorted(Comparator.comparing((Problem problem) -> rank(problem.where()))
                        .thenComparing(problem -> file(problem.where()))
                        .thenComparing(problem -> line(problem.where())))
                .toList();
    }

    /** Every key that the reader knows, with {@code []} for the place in a list. */
    SortedSet<String> known() {
        return Collections.unmodifiableSortedSet(known);
    }

    private static int rank(Origin where) {
        return switch (where) {
            case Origin.Nowhere _ -> 0;
            case Origin.Option _ -> 1;
            case Origin.Variable _ -> 2;
            case Origin.WholeFile _ -> 3;
            case Origin.InFile _ -> 4;
            case Origin.BuiltIn _ -> 5;
        };
    }

    private static String file(Origin where) {
        return switch (where) {
            case Origin.InFile(var file, int _) -> file.toString();
            case Origin.WholeFile(var file) -> file.toString();
            case Origin.Nowhere _, Origin.Option _, Origin.Variable _, Origin.BuiltIn _ -> "";
        };
    }

    private static int line(Origin where) {
        return switch (where) {
            case Origin.InFile(var _, int line) -> line;
            case Origin.BuiltIn(int line) -> line;
            case Origin.Nowhere _, Origin.Option _, Origin.Variable _, Origin.WholeFile _ -> 0;
        };
    }
}
