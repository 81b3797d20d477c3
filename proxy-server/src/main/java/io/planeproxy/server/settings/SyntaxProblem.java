package io.planeproxy.server.settings;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigOrigin;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Puts into our words why Typesafe Config could not read a file. */
final class SyntaxProblem {
    private static final Pattern PLACE = Pattern.compile("^(?:.*?: \\d+: )+", Pattern.DOTALL);
    private static final Pattern GUESS = Pattern.compile("\\s*\\((if you|JSON does not).*", Pattern.DOTALL);
    private static final Pattern BARE_KEY =
            Pattern.compile("Key '(\\S+)\\s.*' may not be followed by token.*", Pattern.DOTALL);
    private static final String COLON = "got ':'";
    private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{([^}]*)}");

    private SyntaxProblem() {}

    static Problem of(ConfigException failure, ConfigSource source, Origins origins) {
        Origin where = Optional.<ConfigOrigin>ofNullable(failure.origin())
                .map(origins::of)
                .orElseGet(origins::whole);
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof ConfigException.UnresolvedSubstitution) {
            Matcher name = SUBSTITUTION.matcher(message);
            String variable = name.find() ? name.group(1) : "VARIABLE";
            return new Problem(
                    where,
                    "",
                    "${" + variable + "} has no value",
                    "",
                    "set it, or write ${?" + variable + "} where it may be missing");
        }
        return slip(where, source)
                .map(slip -> new Problem(at(slip.line(), where), "", slip.seen(), "", slip.advice()))
                .orElseGet(() -> unreadable(where, message, source));
    }

    /** A slip behind the place where the parser gave up is not what it gave up on. */
    private static Optional<Slip> slip(Origin where, ConfigSource source) {
        return where instanceof Origin.InFile(Path file, int line)
                ? textOf(file, source).stream()
                        .flatMap(text -> Stream.concat(NginxHabit.directive(text).stream(), Slip.in(text).stream()))
                        .filter(slip -> slip.line() <= line)
                        .findFirst()
                : Optional.empty();
    }

    /** The parser misses the = only at the end of the line, or on the next one. */
    private static Origin lineOf(String key, Origin where, ConfigSource source) {
        if (!(where instanceof Origin.InFile(Path file, int last))) {
            return where;
        }
        List<String> lines = textOf(file, source).orElse("").lines().toList();
        return IntStream.iterate(Math.min(last, lines.size()), line -> line > 0, line -> line - 1)
                .filter(line -> lines.get(line - 1).strip().startsWith(key))
                .mapToObj(line -> at(line, where))
                .findFirst()
                .orElse(where);
    }

    private static Optional<String> textOf(Path file, ConfigSource source) {
        return switch (source) {
            case ConfigSource.None() -> Optional.empty();
            case ConfigSource.Text(String _, String hocon) -> Optional.of(hocon);
            case ConfigSource.File _ -> ReadFiles.textOf(file);
        };
    }

    private static Origin at(int line, Origin where) {
        return where instanceof Origin.InFile(Path file, int _) ? new Origin.InFile(file, line) : where;
    }

    private static Problem unreadable(Origin where, String message, ConfigSource source) {
        String fault = GUESS.matcher(PLACE.matcher(message).replaceFirst("")).replaceFirst("");
        Matcher bare = BARE_KEY.matcher(fault);
        if (bare.matches()) {
            // What follows it is not shown: it may be a secret.
            String key = bare.group(1);
            return new Problem(lineOf(key, where, source), "", "no = behind " + key, "", "write " + key + " = …");
        }
        if (fault.endsWith(COLON)) {
            return new Problem(where, "", "a : in a value without quotes", "", "put the value into \"quotes\"");
        }
        return new Problem(
                where,
                "",
                "not readable as HOCON: " + fault,
                "",
                "check brackets, commas and quotes in this line and the one before");
    }
}
