package io.planeproxy.server.nginx;

import com.typesafe.config.ConfigUtil;
import io.planeproxy.server.settings.Problem;
import io.planeproxy.server.settings.Read;
import io.planeproxy.server.settings.SettingsReader;
import io.planeproxy.server.settings.Sources;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a key of this proxy's configuration is given.
 *
 * @param key as it stands at the top level, such as {@code timeouts.reply}
 * @param text in HOCON
 */
record Value(String key, String text, Reach reach) {

    /** For what a key can be set. */
    enum Reach {
        /** For one path as well as for everything. */
        ROUTE,
        /** For everything alone. */
        WHOLE
    }

    static Value ofRoute(String key, String text) {
        return new Value(key, text, Reach.ROUTE);
    }

    static Value ofWhole(String key, String text) {
        return new Value(key, text, Reach.WHOLE);
    }

    static String quoted(String text) {
        return ConfigUtil.quoteString(text);
    }

    static String list(List<String> texts) {
        return texts.stream().map(Value::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    boolean isEmptyList() {
        return text.equals("[]");
    }

    /** As it is written at the top level. */
    String assignment() {
        return key + " = " + text;
    }

    /** Why the reader of this proxy's own configuration does not take it. */
    Optional<String> refused() {
        return problem(key.equals("upstream") ? assignment() : "upstream = \"http://plane\"\n" + assignment())
                .map(problem -> problem.seen() + "; here it would have to be " + problem.expected());
    }

    /** The first problem of a configuration with these lines. */
    static Optional<Problem> problem(String lines) {
        return switch (SettingsReader.read(Sources.ofText("import", "plane-proxy {\n" + lines + "\n}"))) {
            case Read.Good _ -> Optional.empty();
            case Read.Bad(List<Problem> problems) -> Optional.of(problems.getFirst());
        };
    }
}
