package io.planeproxy.server.settings;

import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Translates the origins of Typesafe Config, which are descriptions. Values from outside of files have one that {@link #variable} or
 * {@link #option} made. One from a file is {@code name: line}, or {@code name: first-last} where a substitution took in a value from
 * another line, or {@code merge of} several with commas between them.
 */
final class Origins {
    private static final String VARIABLE = "environment variable ";
    private static final String OPTION = "option ";
    private static final String MERGED = "merge of ";
    private static final Pattern PLACE =
            Pattern.compile("(?<file>[^,]+?)( @ [^,]*)?: (?<first>\\d{1,9})(-(?<last>\\d{1,9}))?(?=,|$)");

    private final ConfigSource source;

    Origins(ConfigSource source) {
        this.source = source;
    }

    static String variable(String name) {
        return VARIABLE + name;
    }

    static String option(String name) {
        return OPTION + name;
    }

    /** Where a value stands: the line on which a section or a list begins; the last of the lines that made a single value. */
    Origin of(ConfigValue value) {
        return switch (value.valueType()) {
            case OBJECT, LIST -> of(value.origin());
            case STRING, NUMBER, BOOLEAN, NULL -> {
                String description = value.origin().description();
                List<MatchResult> places = places(description);
                yield ofDescription(description)
                        .or(() -> places.isEmpty() ? Optional.empty() : Optional.of(last(places.getLast())))
                        .orElseGet(this::whole);
            }
        };
    }

    /** The first line of what the origin describes. */
    Origin of(ConfigOrigin origin) {
        String description = origin.description();
        return ofDescription(description)
                .or(() -> places(description).stream().findFirst().map(this::first))
                .orElseGet(this::whole);
    }

    /** The origin of a value from outside of files. */
    static Optional<Origin> ofDescription(String description) {
        if (description.startsWith(VARIABLE)) {
            return Optional.of(new Origin.Variable(description.substring(VARIABLE.length())));
        }
        if (description.startsWith(OPTION)) {
            return Optional.of(new Origin.Option(description.substring(OPTION.length())));
        }
        return Optional.empty();
    }

    /** A line of a file that was read, whose path is absolute and normal. */
    Origin ofLine(Path file, int line) {
        return switch (source) {
            case ConfigSource.File(Path named)
            when named.toAbsolutePath().normalize().equals(file) -> new Origin.InFile(named, line);
            case ConfigSource.File _, ConfigSource.Text _, ConfigSource.None _ -> inFile(file.toString(), line);
        };
    }

    /** Where the configuration as a whole came from. */
    Origin whole() {
        return switch (source) {
            case ConfigSource.None() -> new Origin.Nowhere();
            case ConfigSource.File(Path file) -> new Origin.WholeFile(file);
            case ConfigSource.Text(String name, String _) -> new Origin.WholeFile(Path.of(name));
        };
    }

    private static List<MatchResult> places(String description) {
        String list = description.startsWith(MERGED) ? description.substring(MERGED.length()) : description;
        return PLACE.matcher(list).results().toList();
    }

    private Origin first(MatchResult place) {
        return inFile(name(place), Integer.parseInt(place.group("first")));
    }

    private Origin last(MatchResult place) {
        Optional<String> last = Optional.ofNullable(place.group("last"));
        return inFile(name(place), Integer.parseInt(last.orElseGet(() -> place.group("first"))));
    }

    private static String name(MatchResult place) {
        String name = place.group("file");
        return name.startsWith(",") ? name.substring(1) : name;
    }

    /** Files are named as the operator named the first one, so that an included one stands beside it. */
    private Origin inFile(String name, int line) {
        if (name.equals(Reference.NAME)) {
            return new Origin.BuiltIn(line);
        }
        Path absolute = Path.of(name);
        return switch (source) {
            case ConfigSource.File(Path file)
            when absolute.startsWith(folder(file)) ->
                new Origin.InFile(
                        file.resolveSibling(folder(file).relativize(absolute).toString()), line);
            case ConfigSource.File _, ConfigSource.Text _, ConfigSource.None _ -> new Origin.InFile(absolute, line);
        };
    }

    private static Path folder(Path file) {
        return Optional.ofNullable(file.toAbsolutePath().getParent()).orElseThrow();
    }
}
