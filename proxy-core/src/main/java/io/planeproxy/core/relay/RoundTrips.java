package io.planeproxy.core.relay;

import java.time.Duration;
import java.util.Optional;

/**
 * How long the last ping took that was answered.
 *
 * @param client from the proxy to the client and back
 * @param upstream from the proxy to the upstream and back
 */
public record RoundTrips(Optional<Duration> client, Optional<Duration> upstream) {}
