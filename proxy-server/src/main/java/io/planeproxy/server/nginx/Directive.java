package io.planeproxy.server.nginx;

import io.planeproxy.server.settings.Origin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One directive as it is written.
 *
 * @param where the line that its name stands on
 * @param arguments without their quotes
 * @param body what stands between its braces, where it has any
 */
record Directive(Origin.InFile where, String name, List<String> arguments, Optional<List<Directive>> body) {
    private static final int LONGEST_SHOWN = 70;

    Directive {
        arguments = List.copyOf(arguments);
        body = body.map(List::copyOf);
    }

    /** Whether this is {@code name argument …}, with nothing more and nothing less. */
    boolean is(String... words) {
        return words().equals(List.of(words));
    }

    /** The arguments with blanks between them. */
    String value() {
        return String.join(" ", arguments);
    }

    /** The first argument, or nothing. */
    Optional<String> first() {
        return arguments.stream().findFirst();
    }

    /** In one line, as an operator would recognise it. */
    String text() {
        String written = String.join(" ", words()).replaceAll("\\s+", " ");
        String shown = written.length() > LONGEST_SHOWN
                ? written.substring(0, LONGEST_SHOWN).strip() + "…"
                : written;
        return body.isPresent() ? shown + " { … }" : shown;
    }

    private List<String> words() {
        List<String> words = new ArrayList<>(List.of(name));
        words.addAll(arguments);
        return words;
    }
}
