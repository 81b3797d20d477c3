package io.planeproxy.server.parity;

import io.planeproxy.core.kit.Request;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What an upstream saw of one request, as named aspects that can be compared: names of fields in lower case, the values of a repeated field
 * in their order, the order of different fields left out.
 */
record Sighting(Map<String, String> aspects) {
    private static final int LONGEST_SHOWN = 200;

    static Sighting of(List<Request> seen) {
        if (seen.isEmpty()) {
            return new Sighting(Map.of("sighting", "nothing"));
        }
        if (seen.size() > 1) {
            throw new AssertionError("the upstream saw " + seen.size() + " requests of one: " + seen);
        }
        Request request = seen.getFirst();
        Map<String, String> aspects = new TreeMap<>();
        aspects.put("method", request.method());
        aspects.put("target", request.target());
        aspects.put("version", request.version());
        aspects.put("body", request.bodyText());
        aspects.put("trailers", request.trailers().toString());
        request.fields().forEach(field -> {
            String name = field.name().toLowerCase(Locale.ROOT);
            aspects.put("field " + name, values(name, request));
        });
        return new Sighting(aspects);
    }

    /** The aspects in which two sightings differ; {@code sighting} alone where one side saw nothing. */
    Set<String> differencesFrom(Sighting other) {
        if (sawNothing() || other.sawNothing()) {
            return sawNothing() && other.sawNothing() ? Set.of() : Set.of("sighting");
        }
        Set<String> names = new TreeSet<>(aspects.keySet());
        names.addAll(other.aspects.keySet());
        names.removeIf(name -> aspects.getOrDefault(name, "absent").equals(other.aspects.getOrDefault(name, "absent")));
        return names;
    }

    /** Long values, such as a body of 1 MiB, are shown only at their beginning. */
    @Override
    public String toString() {
        Map<String, String> shown = new TreeMap<>();
        aspects.forEach((name, value) -> shown.put(
                name,
                value.length() <= LONGEST_SHOWN
                        ? value
                        : value.substring(0, LONGEST_SHOWN) + "… (" + value.length() + ")"));
        return shown.toString();
    }

    private boolean sawNothing() {
        return aspects.containsKey("sighting");
    }

    /** The members of Connection compare without case (RFC 9110 section 7.6.1). */
    private static String values(String name, Request request) {
        String values = request.values(name).toString();
        return name.equals("connection") ? values.toLowerCase(Locale.ROOT) : values;
    }
}
