package io.planeproxy.server.cli;

import io.planeproxy.server.settings.Settings;
import io.planeproxy.server.settings.Sources;

/**
 * What to serve.
 *
 * @param sources what the settings were read from, and are read from again at a reload
 */
public record RunOrder(Sources sources, Settings settings, Replacing replacing) {

    /** Whose place is taken. */
    public enum Replacing {
        NOBODY,
        THE_RUNNING_ONE
    }
}
