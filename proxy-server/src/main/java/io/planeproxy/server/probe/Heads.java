package io.planeproxy.server.probe;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Heads of messages as lines: the first, and then the fields. */
public final class Heads {
    private static final Pattern SECRET =
            Pattern.compile("(?i)(((proxy-)?authorization|(set-)?cookie|[^:]*(token|secret|passw)[^:]*):).*");

    private Heads() {}

    /** A line as it may be shown: of fields that hold cookies, tokens and the like the name alone. */
    public static String shown(String line) {
        return SECRET.matcher(line).replaceFirst("$1 …");
    }

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
