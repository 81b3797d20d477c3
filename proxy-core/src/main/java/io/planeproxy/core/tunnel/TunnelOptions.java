package io.planeproxy.core.tunnel;

import java.time.Duration;
import java.util.Optional;

/**
 * What holds for each tunnel.
 *
 * @param idleLimit how long nothing at all may pass
 * @param ping after how long a silence the client of a WebSocket is asked for a sign of life; it has as long again to give
 *     one. Nothing for never
 */
public record TunnelOptions(Duration idleLimit, Optional<Duration> ping) {}
