package io.planeproxy.server;

import io.planeproxy.server.settings.EffectiveValue;
import io.planeproxy.server.settings.Settings;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a reload cannot change, told where it is changed all the same. */
final class WaitsForRestart {
    private static final List<String> KEYS =
            List.of("plane-proxy.event-loops", "plane-proxy.admin.socket", "plane-proxy.admin.listen");

    private WaitsForRestart() {}

    /** @param started what the program was started with */
    static List<String> between(Settings started, Settings next) {
        return KEYS.stream()
                .flatMap(key -> {
                    Optional<EffectiveValue> before = value(started, key);
                    return value(next, key).stream()
                            .filter(after -> !before.map(EffectiveValue::value).equals(Optional.of(after.value())))
                            .flatMap(after -> sentence(before, after));
                })
                .toList();
    }

    private static Stream<String> sentence(Optional<EffectiveValue> before, EffectiveValue after) {
        return before.stream()
                .map(old -> after.where().text() + ": " + after.key() + ": " + after.value()
                        + " takes effect at the next restart; until then it is " + old.value());
    }

    private static Optional<EffectiveValue> value(Settings settings, String key) {
        return settings.effective().stream()
                .filter(value -> value.key().equals(key))
                .findFirst();
    }
}
