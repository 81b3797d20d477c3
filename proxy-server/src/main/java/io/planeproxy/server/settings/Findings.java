package io.planeproxy.server.settings;

import java.util.ArrayList;
import java.util.Collections;
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

    /** Each once, as they were found. */
    List<Problem> problems() {
        Set<String> said = new HashSet<>();
        return problems.stream().filter(problem -> said.add(problem.text())).toList();
    }

    /** Every key that the reader knows, with {@code []} for the place in a list. */
    SortedSet<String> known() {
        return Collections.unmodifiableSortedSet(known);
    }
}
