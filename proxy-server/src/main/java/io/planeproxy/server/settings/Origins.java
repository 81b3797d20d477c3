package io.planeproxy.server.settings;

import com.typesafe.config.ConfigOrigin;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Translates the origins of Typesafe Config. Values from outside of files carry a description that {@link #variable} or
 * {@link #option} made; a value put together from several has a description that begins with "merge of".
 */
final class Origins {
    private static final String VARIABLE = "environment variable ";
    private static final String OPTION = "option ";
    private static final Pattern MERGED = Pattern.compile("merge of (.+?): (\\d+)(-\\d+)?(,.*)?", Pattern.DOTALL);
    private static final Pattern LINE = Pattern.compile("(.+?)( @ .*)?: \\d+(-\\d+)?", Pattern.DOTALL);

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

    Origin of(ConfigOrigin origin) {
        String description = origin.description();
        Optional<Origin> outside = ofDescription(description);
        if (outside.isPresent()) {
            return outside.get();
        }
        Matcher merged = MERGED.matcher(description);
        if (merged.matches()) {
            return inFile(merged.group(1), Integer.parseInt(merged.group(2)));
        }
        Matcher line = LINE.matcher(description);
        if (line.matches() && origin.lineNumber() > 0) {
            return inFile(line.group(1), origin.lineNumber());
        }
        return whole();
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

    /** Where the configuration as a whole came from. */
    Origin whole() {
        return switch (source) {
            case ConfigSource.None() -> new Origin.Nowhere();
            case ConfigSource.File(Path file) -> new Origin.WholeFile(file);
            case ConfigSource.Text(String name, String _) -> new Origin.WholeFile(Path.of(name));
        };
    }

    private Origin inFile(String name, int line) {
        if (name.startsWith(Reference.NAME)) {
            return new Origin.BuiltIn(line);
        }
        return switch (source) {
            case ConfigSource.File(Path file) when file.toAbsolutePath().toString().equals(name) -> new Origin.InFile(file, line);
            case ConfigSource.File _, ConfigSource.Text _, ConfigSource.None _ -> new Origin.InFile(Path.of(name), line);
        };
    }
}
