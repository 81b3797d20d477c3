package io.planeproxy.server.cli;

import io.planeproxy.server.doctor.Outcome;
import java.io.Console;
import java.util.Map;
import java.util.Optional;

/** Whether words are coloured: only on a terminal, and not where NO_COLOR is set (no-color.org). */
enum Colours {
    ON,
    OFF;

    private static final String RESET = "\u001b[0m";

    static Colours of(Map<String, String> environment) {
        boolean isTerminal = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .isPresent();
        boolean isUnwanted = !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || environment.getOrDefault("TERM", "").equals("dumb");
        return isTerminal && !isUnwanted ? ON : OFF;
    }

    String paint(String word, Outcome outcome) {
        return switch (this) {
            case OFF -> word;
            case ON ->
                switch (outcome) {
                    case Outcome.Ok _ -> "\u001b[32m" + word + RESET;
                    case Outcome.Warning _ -> "\u001b[33m" + word + RESET;
                    case Outcome.Failed _ -> "\u001b[31m" + word + RESET;
                    case Outcome.Skipped _ -> "\u001b[2m" + word + RESET;
                };
        };
    }
}
