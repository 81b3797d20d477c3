package io.planeproxy.server.cli;

import io.planeproxy.core.cause.Cause;
import io.planeproxy.server.settings.Nearest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What the codes mean that stand in the access log, in the metrics and in {@code X-Plane-Proxy-Cause}. */
final class Explanation {
    private static final int WIDTH =
            codes().map(String::length).max(Comparator.naturalOrder()).orElseThrow();

    private Explanation() {}

    /** One line for each cause. */
    static List<String> ofAll() {
        return Arrays.stream(Cause.values())
                .map(cause -> cause.code() + " ".repeat(WIDTH - cause.code().length() + 2) + cause.sentence())
                .toList();
    }

    static List<String> of(Cause cause) {
        return List.of(cause.code(), "  " + cause.sentence(), "  What to do: " + cause.advice());
    }

    /** In one sentence, for a code that there is not. */
    static String unknown(String code) {
        String advice = Nearest.to(code, codes().toList())
                .map(near -> "the nearest known one is \"" + near + "\"")
                .orElse(CommandTree.NAME + " " + CommandTree.EXPLAIN + " lists all");
        return CommandTree.NAME + ": unknown cause \"" + code + "\"; " + advice;
    }

    private static Stream<String> codes() {
        return Arrays.stream(Cause.values()).map(Cause::code);
    }
}
