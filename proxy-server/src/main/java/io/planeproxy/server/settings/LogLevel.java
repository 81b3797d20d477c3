package io.planeproxy.server.settings;

import java.util.Locale;

/** From which level on the log of the program has its lines. */
public enum LogLevel {
    /** As {@code logback.xml} says. */
    AUTO,
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE;

    static LogLevel parse(String text) throws Unreadable {
        for (LogLevel level : values()) {
            if (level.name().equalsIgnoreCase(text.strip())) {
                return level;
            }
        }
        throw new Unreadable("auto, error, warn, info, debug or trace", "");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
