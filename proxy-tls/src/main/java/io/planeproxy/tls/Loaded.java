package io.planeproxy.tls;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** What became of files: a value fit for service, or every problem that was found. */
public sealed interface Loaded<T> {
    /**
     * @param hints what works but is worth a look; for a warning in the log
     */
    record Ready<T>(T value, List<PemProblem> hints) implements Loaded<T> {
        public Ready {
            hints = List.copyOf(hints);
        }

        Ready(T value) {
            this(value, List.of());
        }
    }

    record Rejected<T>(List<PemProblem> problems) implements Loaded<T> {
        public Rejected {
            problems = List.copyOf(problems);
            if (problems.isEmpty()) {
                throw new IllegalArgumentException("no problem, expected at least one: without any it is Ready");
            }
        }

        Rejected(PemProblem problem) {
            this(List.of(problem));
        }
    }

    /** The next step on the value; problems pass through. */
    default <U> Loaded<U> then(Function<T, Loaded<U>> next) {
        return switch (this) {
            case Ready<T>(T value, var hints) -> next.apply(value).withHints(hints);
            case Rejected<T>(var problems) -> new Rejected<>(problems);
        };
    }

    private Loaded<T> withHints(List<PemProblem> earlier) {
        return switch (this) {
            case Ready<T>(T value, var hints) -> new Ready<>(value, joined(earlier, hints));
            case Rejected<T> rejected -> rejected;
        };
    }

    private static List<PemProblem> joined(List<PemProblem> earlier, List<PemProblem> later) {
        return Stream.concat(earlier.stream(), later.stream()).toList();
    }
}
