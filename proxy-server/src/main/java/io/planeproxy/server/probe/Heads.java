package io.planeproxy.server.probe;

import java.util.List;
import java.util.Optional;

/** Heads of messages as lines: the first, and then the fields. */
public final class Heads {
    private Heads() {}

    /** The value of the first field of a name. */
    public static Optional<String> field(List<String> head, String name) {
        String begin = name + ":";
        return head.stream()
                .skip(1)
                .filter(line -> line.regionMatches(true, 0, begin, 0, begin.length()))
                .map(line -> line.substring(begin.length()).strip())
                .findFirst();
    }
}
