package io.planeproxy.server.settings;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigOrigin;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts into our words why Typesafe Config could not read a file. */
final class SyntaxProblem {
    private static final Pattern PLACE = Pattern.compile("^(?:.*?: \\d+: )+", Pattern.DOTALL);
    private static final Pattern GUESS = Pattern.compile("\\s*\\((if you|JSON does not).*", Pattern.DOTALL);
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
                .orElseGet(() -> unreadable(where, message));
    }

    /** A slip behind the place where the parser gave up is not what it gave up on. */
    private static Optional<Slip> slip(Origin where, ConfigSource source) {
        return where instanceof Origin.InFile(Path file, int line)
                ? textOf(file, source).flatMap(Slip::in).filter(slip -> slip.line() <= line)
                : Optional.empty();
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

    private static Problem unreadable(Origin where, String message) {
        String fault = GUESS.matcher(PLACE.matcher(message).replaceFirst("")).replaceFirst("");
        return new Problem(
                where,
                "",
                "not readable as HOCON: " + fault,
                "",
                "check brackets, commas and quotes in this line and the one before");
    }
}
