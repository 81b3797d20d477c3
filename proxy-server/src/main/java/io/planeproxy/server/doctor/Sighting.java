package io.planeproxy.server.doctor;

import io.planeproxy.server.probe.Heads;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How one traced request came to this proxy, and how it went on from there.
 *
 * @param sent the head as it was sent to the public address, a line each
 * @param asItCame the head as this proxy read it
 * @param atFarEnd the head as this proxy sent it on
 */
record Sighting(List<String> sent, List<String> asItCame, List<String> atFarEnd) {
    private static final String FORWARDED_FOR = "X-Forwarded-For";

    Sighting {
        sent = List.copyOf(sent);
        asItCame = List.copyOf(asItCame);
        atFarEnd = List.copyOf(atFarEnd);
    }

    /** Whether nobody who speaks HTTP stood between: nobody passes a request on byte for byte. */
    boolean isStraight() {
        return sent.equals(asItCame);
    }

    /**
     * The addresses of the proxies in front, from browsers on, as far as they can be known: each names whom it got the request from, so
     * that the first address is the client's.
     */
    List<String> proxiesBefore() {
        if (isStraight()) {
            return List.of();
        }
        List<String> named = new ArrayList<>(said());
        named.add(peer());
        return named.size() > 1 ? named.subList(1, named.size()) : named;
    }

    /** Whether a proxy in front says who the client is. */
    boolean namesClient() {
        return !said().isEmpty();
    }

    private List<String> said() {
        return Heads.field(asItCame, FORWARDED_FOR).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .filter(address -> !address.isEmpty())
                .toList();
    }

    /** Who came to this proxy: what it adds to the list at its end. */
    String peer() {
        List<String> chain = chain();
        return chain.isEmpty() ? "?" : chain.getLast();
    }

    /** Who Plane takes for the client: it looks at the first of the list. */
    String clientForPlane() {
        List<String> chain = chain();
        return chain.isEmpty() ? "?" : chain.getFirst();
    }

    private List<String> chain() {
        return Heads.field(atFarEnd, FORWARDED_FOR).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .toList();
    }

    /** Whether this proxy kept what the one in front said of the client. */
    boolean isTrusted() {
        Optional<String> before = Heads.field(asItCame, FORWARDED_FOR);
        String behind = Heads.field(atFarEnd, FORWARDED_FOR).orElse("");
        return before.filter(said -> behind.startsWith(said + ",")).isPresent();
    }

    List<String> evidence() {
        List<String> lines = new ArrayList<>();
        asItCame.forEach(line -> lines.add("came here: " + line));
        atFarEnd.forEach(line -> lines.add("went on: " + line));
        return lines;
    }
}
