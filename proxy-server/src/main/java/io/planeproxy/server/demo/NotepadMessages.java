package io.planeproxy.server.demo;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValueFactory;
import java.util.Map;
import java.util.Optional;

/** What goes over the notepad's WebSocket, as JSON; {@code page.mjs} is the other side. */
final class NotepadMessages {
    private static final ConfigParseOptions JSON = ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON);

    private NotepadMessages() {}

    /** An edit that a window asks for, made on the revision {@code base}. */
    record Wanted(int base, Splice splice) {}

    /** Reads a window's message; empty if it is none. */
    static Optional<Wanted> wanted(String message) {
        try {
            Config read = ConfigFactory.parseString(message, JSON);
            Splice splice = new Splice(read.getInt("at"), read.getInt("remove"), read.getString("insert"));
            return Optional.of(new Wanted(read.getInt("revision"), splice));
        } catch (ConfigException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static String welcome(NotepadText text, int window) {
        return json(Map.of(
                "type",
                "welcome",
                "window",
                window,
                "revision",
                text.revision(),
                "text",
                text.toString(),
                "limit",
                NotepadText.LIMIT));
    }

    static String anew(NotepadText text, int window, String why) {
        return json(Map.of(
                "type", "anew", "window", window, "revision", text.revision(), "text", text.toString(), "why", why));
    }

    static String made(NotepadText.Step step, int window) {
        Splice splice = step.splice();
        return json(Map.of(
                "type",
                "splice",
                "window",
                window,
                "revision",
                step.revision(),
                "more",
                step.more(),
                "at",
                splice.at(),
                "remove",
                splice.remove(),
                "insert",
                splice.insert()));
    }

    static String windows(int count) {
        return json(Map.of("type", "windows", "count", count));
    }

    private static String json(Map<String, ?> message) {
        return ConfigValueFactory.fromMap(message).render(ConfigRenderOptions.concise());
    }
}
