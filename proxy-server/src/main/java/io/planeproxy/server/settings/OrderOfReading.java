package io.planeproxy.server.settings;

import java.util.Comparator;

/** Options first, then variables, then the file from its top. */
final class OrderOfReading {
    static final Comparator<Problem> OF_PROBLEMS = Comparator.comparing((Problem problem) -> rank(problem.where()))
            .thenComparing(problem -> file(problem.where()))
            .thenComparing(problem -> line(problem.where()));

    private OrderOfReading() {}

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
