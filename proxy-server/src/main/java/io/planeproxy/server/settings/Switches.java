package io.planeproxy.server.settings;

import java.util.Locale;

/** Yes or no, in the words that HOCON knows. */
final class Switches {
    private Switches() {}

    static Boolean parse(String text) throws Unreadable {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> Boolean.TRUE;
            case "false", "no", "off" -> Boolean.FALSE;
            default -> throw new Unreadable("true or false", "");
        };
    }
}
