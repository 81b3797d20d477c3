package io.planeproxy.server.settings;

import java.util.List;

/** What reading a configuration gives: whole settings, or every problem. */
public sealed interface Read {

    /** The configuration has no problem that shows without opening the files that it names. */
    record Good(Settings settings) implements Read {}

    /**
     * The configuration cannot be used.
     *
     * @param problems at least one; sorted in the order of options, variables, lines
     */
    record Bad(List<Problem> problems) implements Read {
        public Bad {
            problems = problems.stream().sorted(OrderOfReading.OF_PROBLEMS).toList();
            if (problems.isEmpty()) {
                throw new IllegalArgumentException("no problem; expected at least one; return Good instead");
            }
        }
    }
}
