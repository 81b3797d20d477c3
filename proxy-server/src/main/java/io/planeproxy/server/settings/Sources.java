package io.planeproxy.server.settings;

import java.util.Map;

/**
 * Everything that a configuration is read from.
 *
 * @param file the least of the three, before the defaults
 * @param environment all variables; those that begin with {@code PLANE_PROXY_} count, and all stand for {@code ${?NAME}} in the file
 * @param options of the command line, with their dashes, each with its value; a repeated option has its values joined by commas
 */
public record Sources(ConfigSource file, Map<String, String> environment, Map<String, String> options) {
    public Sources {
        environment = Map.copyOf(environment);
        options = Map.copyOf(options);
    }

    /** Only this text, for tests and for what the program configures by itself. */
    public static Sources ofText(String name, String hocon) {
        return new Sources(new ConfigSource.Text(name, hocon), Map.of(), Map.of());
    }
}
