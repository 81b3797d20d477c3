package io.planeproxy.server.cli;

import io.planeproxy.server.settings.ConfigSource;
import io.planeproxy.server.settings.Sources;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** What settings are to be read from, as options and environment name it. */
final class NamedSources {
    static final String RUN = "run";
    static final String CONFIG = "--config";
    static final String CONFIG_VARIABLE = "PLANE_PROXY_CONFIG";

    private static final Predicate<String> LIKE_A_PATH = text -> !text.isBlank() && !text.startsWith("-");

    private NamedSources() {}

    /** @param options with their values, those of a repeated one separated by commas */
    static Sources of(Map<String, String> options, Map<String, String> environment) {
        String config = options.getOrDefault(CONFIG, environment.getOrDefault(CONFIG_VARIABLE, ""));
        ConfigSource file = config.isBlank() ? new ConfigSource.None() : new ConfigSource.File(Path.of(config));
        return new Sources(file, environment, options);
    }

    /**
     * The arguments of a service, {@code run} or {@code run --config FILE}, taken without picocli: its classes are too old to be
     * recorded while the program is packaged, and to load and fill them would be a good tenth of the start.
     *
     * @return nothing for any other arguments
     */
    static Optional<Sources> ofService(List<String> arguments, Map<String, String> environment) {
        if (arguments.equals(List.of(RUN))) {
            return Optional.of(of(Map.of(), environment));
        }
        boolean namesAFile = arguments.size() == 3
                && arguments.subList(0, 2).equals(List.of(RUN, CONFIG))
                && LIKE_A_PATH.test(arguments.getLast());
        return namesAFile ? Optional.of(of(Map.of(CONFIG, arguments.getLast()), environment)) : Optional.empty();
    }
}
