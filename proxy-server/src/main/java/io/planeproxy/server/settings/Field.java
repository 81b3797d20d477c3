package io.planeproxy.server.settings;

import java.util.function.Supplier;
import java.util.stream.Stream;

/** One value of the configuration as far as it could be read. Where it could not, a {@link Problem} was recorded. */
sealed interface Field<T> {

    record Found<T>(T content) implements Field<T> {}

    record Faulty<T>() implements Field<T> {}

    /**
     * The value, for use inside of {@link #whole} only.
     *
     * @throws Incomplete where the value could not be read
     */
    default T value() {
        return switch (this) {
            case Found<T>(T content) -> content;
            case Faulty<T>() -> throw new Incomplete();
        };
    }

    /** The value, or none. */
    default Stream<T> found() {
        return switch (this) {
            case Found<T>(T content) -> Stream.of(content);
            case Faulty<T>() -> Stream.of();
        };
    }

    /** What the supplier makes of its fields; faulty as soon as one of them is. */
    static <T> Field<T> whole(Supplier<T> fromFields) {
        try {
            return new Found<>(fromFields.get());
        } catch (Incomplete e) {
            return new Faulty<>();
        }
    }

    /** Ends the making of a whole of which a part is missing. */
    final class Incomplete extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Incomplete() {
            super("a field that could not be read; expected to be used inside of Field.whole", null, false, false);
        }
    }
}
