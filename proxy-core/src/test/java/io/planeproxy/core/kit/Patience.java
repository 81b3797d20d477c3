package io.planeproxy.core.kit;

import java.time.Duration;

/** How long a test waits for an event before it fails. */
public final class Patience {
    /** 10 s, or as many seconds as the system property {@code kit.patience} says. */
    public static final Duration LIMIT = Duration.ofSeconds(Long.getLong("kit.patience", 10));

    private Patience() {}
}
