package io.planeproxy.server.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The variables that Plane's containers are started with, as their env file says. An empty one counts as not there. */
final class PlaneEnvironment {
    private static final Pattern LINE = Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_]\\w*)\\s*=\\s*(.*?)\\s*");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(\\w+)(?::?-([^}]*))?}|\\$(\\w+)");

    private final Path file;
    private final Map<String, String> values;

    private PlaneEnvironment(Path file, Map<String, String> values) {
        this.file = file;
        this.values = values;
    }

    /** @throws IOException where it cannot be read */
    static PlaneEnvironment read(Path file) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            Matcher assignment = LINE.matcher(line);
            if (!line.strip().startsWith("#") && assignment.matches()) {
                values.put(assignment.group(1), resolved(bare(assignment.group(2)), values));
            }
        }
        return new PlaneEnvironment(file, values);
    }

    Path file() {
        return file;
    }

    Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isBlank());
    }

    private static String bare(String value) {
        boolean isQuoted = value.length() > 1
                && (value.startsWith("\"") && value.endsWith("\"") || value.startsWith("'") && value.endsWith("'"));
        return isQuoted ? value.substring(1, value.length() - 1) : value.replaceFirst("\\s+#.*", "");
    }

    /** As docker compose does it: from what stands above. */
    private static String resolved(String value, Map<String, String> above) {
        return REFERENCE.matcher(value).replaceAll(reference -> {
            String name = Optional.ofNullable(reference.group(1)).orElseGet(() -> reference.group(3));
            String otherwise = Optional.ofNullable(reference.group(2)).orElse("");
            String found = above.getOrDefault(name, "");
            return Matcher.quoteReplacement(found.isEmpty() ? otherwise : found);
        });
    }
}
