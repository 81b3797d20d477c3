package io.planeproxy.server.history;

import io.planeproxy.server.history.Kept.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What one configuration has otherwise than another, value by value. Secrets are not among the values. */
public final class Differences {
    private static final String NOTHING = "no value that may be shown: comments, their order, or a secret";

    private Differences() {}

    /** A line for each value that is another one now, is new, or is gone. */
    public static List<String> between(Kept before, Kept after) {
        return between(before.values(), after.values());
    }

    static List<String> between(List<Value> before, List<Value> after) {
        Map<String, Value> old = byKey(before);
        Map<String, Value> now = byKey(after);
        Stream<String> changed = now.values().stream()
                .filter(value -> !old.containsKey(value.key())
                        || !old.get(value.key()).value().equals(value.value()))
                .map(value -> old.containsKey(value.key())
                        ? value.key() + ": " + old.get(value.key()).value() + " -> " + value.value() + "  ("
                                + value.from() + ")"
                        : value.key() + ": new, " + value.value() + "  (" + value.from() + ")");
        Stream<String> gone = old.values().stream()
                .filter(value -> !now.containsKey(value.key()))
                .map(value -> value.key() + ": gone, was " + value.value());
        return Stream.concat(changed, gone).toList();
    }

    private static Map<String, Value> byKey(List<Value> values) {
        Map<String, Value> byKey = new LinkedHashMap<>();
        values.forEach(value -> byKey.put(value.key(), value));
        return byKey;
    }

    /** As above, with a word where nothing of it may be shown. */
    public static List<String> told(Kept before, Kept after) {
        List<String> lines = between(before, after);
        return lines.isEmpty() ? List.of(NOTHING) : lines;
    }

    /** In one line. */
    public static String summary(Kept before, Kept after) {
        List<String> lines = told(before, after);
        return lines.size() == 1 ? lines.getFirst() : lines.getFirst() + ", and " + (lines.size() - 1) + " more";
    }
}
