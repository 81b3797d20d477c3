package io.planeproxy.server.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.planeproxy.server.settings.Place;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AdminSocketPathTest {
    private static final Place AUTO = new Place.Automatic();

    @Test
    void systemdSaysWhere() {
        Map<String, String> environment = Map.of("RUNTIME_DIRECTORY", "/run/one:/run/two");
        assertEquals(Optional.of(Path.of("/run/one/admin.sock")), AdminSocketPath.toOpen(AUTO, environment));
        assertEquals(
                List.of(Path.of("/run/one/admin.sock"), Path.of("/run/plane-proxy/admin.sock")),
                AdminSocketPath.toAsk(AUTO, environment));
    }

    @Test
    void withoutSystemdItIsLookedForWhereItUsuallyIs() {
        assertEquals(List.of(Path.of("/run/plane-proxy/admin.sock")), AdminSocketPath.toAsk(AUTO, Map.of()));
        assertEquals(
                List.of(Path.of("/run/plane-proxy/admin.sock")),
                AdminSocketPath.toAsk(AUTO, Map.of("RUNTIME_DIRECTORY", "/run/plane-proxy")));
    }

    @Test
    void theOperatorsWordCounts() {
        Place at = new Place.At(Path.of("/x/y.sock"));
        assertEquals(
                Optional.of(Path.of("/x/y.sock")), AdminSocketPath.toOpen(at, Map.of("RUNTIME_DIRECTORY", "/run/a")));
        assertEquals(List.of(Path.of("/x/y.sock")), AdminSocketPath.toAsk(at, Map.of()));
        Place off = new Place.Off();
        assertEquals(Optional.empty(), AdminSocketPath.toOpen(off, Map.of("RUNTIME_DIRECTORY", "/run/a")));
        assertEquals(List.of(), AdminSocketPath.toAsk(off, Map.of()));
    }
}
