package io.planeproxy.server.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns what variables and options say into the shape of the file, so that one reader reads all. */
final class Overlay {
    /** Keys with a list, and the words that may stand in its place. */
    private static final Map<String, Set<String>> WORDS =
            Map.of("upgrades", Set.of("any"), "websocket.origins", Set.of("any", "same"));

    private Overlay() {}

    static ConfigObject of(Shorthands shorthands, ConfigObject defaults, Findings findings) {
        Config overlay = ConfigFactory.empty();
        for (Map.Entry<String, Shorthands.Given> entry : shorthands.byKey().entrySet()) {
            overlay = overlay.withValue(entry.getKey(), value(entry.getKey(), entry.getValue(), defaults));
        }
        Optional<ConfigValue> listeners = ListenersOverlay.of(shorthands.listening(), findings);
        if (listeners.isPresent()) {
            overlay = overlay.withValue("listeners", listeners.get());
        }
        return overlay.root();
    }

    private static ConfigValue value(String key, Shorthands.Given given, ConfigObject defaults) {
        Set<String> words = WORDS.getOrDefault(key, Set.of());
        boolean list = (isList(key, defaults) || !words.isEmpty())
                && !words.contains(given.text().strip().toLowerCase(Locale.ROOT));
        return ConfigValueFactory.fromAnyRef(
                list ? elements(given.text()) : given.text().strip(), given.description());
    }

    private static boolean isList(String key, ConfigObject defaults) {
        Config config = defaults.toConfig();
        return config.hasPath(key) && config.getValue(key) instanceof ConfigList;
    }

    /** The elements of a list that is written with commas. */
    static List<String> elements(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(element -> !element.isEmpty())
                .toList();
    }
}
