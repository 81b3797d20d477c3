package io.planeproxy.server.settings;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A fault in the configuration. Its {@link #text()} is one sentence: where, what was seen, what was expected, what to do.
 *
 * @param where the place of the fault
 * @param key the full key, such as {@code plane-proxy.listeners[0].port}; empty where no key is to blame
 * @param seen what stood there, in quotes where it is a value, and never a secret
 * @param expected what should have stood there; empty where {@code seen} says it
 * @param advice what to do; empty where {@code expected} says it
 */
public record Problem(Origin where, String key, String seen, String expected, String advice) {

    /** The sentence for the operator, without a final full stop. */
    public String text() {
        return place() + ": " + fault();
    }

    @Override
    public String toString() {
        return text();
    }

    private String place() {
        return switch (where) {
            case Origin.InFile _, Origin.WholeFile _, Origin.BuiltIn _ ->
                key.isEmpty() ? where.text() : where.text() + ": " + key;
            case Origin.Variable _, Origin.Option _, Origin.Nowhere _ -> where.text();
        };
    }

    private String fault() {
        String expectation = expected.isEmpty() ? "" : "expected " + expected;
        return Stream.of(seen, expectation, advice)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("; "));
    }
}
