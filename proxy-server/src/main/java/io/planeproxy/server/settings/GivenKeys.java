package io.planeproxy.server.settings;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The keys of one section of a text that have a value. HOCON lets a later value take the place of an earlier one (its specification,
 * "Duplicate keys and object merging"), which somebody means whose later value begins with a reference, as {@code ${?NAME}} below a
 * default, or refers to the earlier one, as {@code [ more ] ${list}}, or whose earlier one is an empty list, and nobody else.
 */
final class GivenKeys {
    private static final Pattern KEY = Pattern.compile("[\\w.-]+|\"[\\w.-]+\"");

    private final Map<String, Given> given = new HashMap<>();

    private record Given(int line, char start) {}

    /**
     * Takes down that a key gets a value.
     *
     * @param written all that stands in the place of the key
     * @param start what its value begins with; a ] is an empty list, with which nothing is lost
     * @param value all of it
     * @return a slip where an earlier value comes to nothing
     */
    Optional<Slip> give(String written, int line, char start, Supplier<String> value) {
        String key = written.strip();
        if (start == '{' || !KEY.matcher(key).matches()) {
            return Optional.empty();
        }
        // In quotes a point is part of the key.
        String name = key.contains(".") ? key : key.replace("\"", "");
        Optional<Given> earlier = Optional.ofNullable(given.put(name, new Given(line, start)));
        return earlier.filter(lost -> lost.start != ']' && start != '$')
                .filter(lost -> !refersTo(name, value.get()))
                .map(lost -> slip(name, lost, line, start));
    }

    /** The path of a reference begins at the root, so that the key is its end. */
    private static boolean refersTo(String name, String value) {
        return Pattern.compile("\\$\\{\\??([^}]*\\.)?" + Pattern.quote(name) + "}")
                .matcher(value)
                .find();
    }

    private static Slip slip(String name, Given lost, int line, char start) {
        String where = lost.line == line ? "before it in this line" : "of line " + lost.line;
        return new Slip(
                line,
                "a second value for " + name + ", so that the one " + where + " does not count",
                advice(lost.start, start));
    }

    private static String advice(char lost, char start) {
        if (lost == '$') {
            return "write the one with ${ } behind the other";
        }
        return lost == '[' && start == '[' ? "put all into one list" : "keep one of the two";
    }
}
