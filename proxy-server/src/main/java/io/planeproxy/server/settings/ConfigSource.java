package io.planeproxy.server.settings;

import java.nio.file.Path;

/** The configuration file, or what stands in for it. */
public sealed interface ConfigSource {

    /** There is none: everything comes from options, variables and defaults. */
    record None() implements ConfigSource {}

    /** A file in HOCON, named in messages as it is named here. */
    record File(Path path) implements ConfigSource {}

    /**
     * HOCON that is no file.
     *
     * @param name how messages name it
     */
    record Text(String name, String hocon) implements ConfigSource {}
}
