package io.planeproxy.server;

import io.planeproxy.server.settings.Located;
import io.planeproxy.server.settings.Settings;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a reload cannot change, told where it is changed all the same. */
final class WaitsForRestart {
    private WaitsForRestart() {}

    /** @param started what the program was started with */
    static List<String> between(Settings started, Settings next) {
        return Stream.of(
                        changed(
                                "plane-proxy.event-loops",
                                started.eventLoops().toString(),
                                next.eventLoops().toString()),
                        changed(
                                "plane-proxy.access-log.format",
                                started.accessLog().toString(),
                                next.accessLog().toString()),
                        changed(started.admin().socket(), next.admin().socket()),
                        changed(started.admin().listen(), next.admin().listen()))
                .flatMap(Optional::stream)
                .toList();
    }

    private static <T> Optional<String> changed(Located<T> before, Located<T> after) {
        return changed(
                after.where().text() + ": " + after.key(),
                before.value().toString(),
                after.value().toString());
    }

    private static Optional<String> changed(String key, String before, String after) {
        return before.equals(after)
                ? Optional.empty()
                : Optional.of(key + ": " + after + " takes effect at the next restart; until then it is " + before);
    }
}
