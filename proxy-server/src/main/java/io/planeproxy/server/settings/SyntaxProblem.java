package io.planeproxy.server.settings;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigOrigin;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts into our words why Typesafe Config could not read a file. */
final class SyntaxProblem {
    private static final Pattern PLACE = Pattern.compile("^(?:.*?: \\d+: )+", Pattern.DOTALL);
    private static final Pattern GUESS = Pattern.compile("\\s*\\((if you|JSON does not).*", Pattern.DOTALL);
    private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{([^}]*)}");

    private SyntaxProblem() {}

    static Problem of(ConfigException failure, Origins origins) {
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
        String fault = GUESS.matcher(PLACE.matcher(message).replaceFirst("")).replaceFirst("");
        return new Problem(
                where,
                "",
                "not readable as HOCON: " + fault,
                "",
                "check brackets, commas and quotes in this line and the one before");
    }
}
