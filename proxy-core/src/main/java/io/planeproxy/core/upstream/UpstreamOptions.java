package io.planeproxy.core.upstream;

import java.time.Duration;

/**
 * How upstream connections are opened and kept.
 *
 * @param connectTimeout for all addresses of a name together, with the TLS handshake
 * @param idle how long an unused connection is kept; must be below the shortest idle limit of Plane's servers, which is
 *     2 s
 * @param maxIdle how many unused connections are kept for each upstream and event loop
 */
public record UpstreamOptions(Duration connectTimeout, Duration idle, int maxIdle) {
    public static final UpstreamOptions DEFAULT =
            new UpstreamOptions(Duration.ofSeconds(5), Duration.ofMillis(1500), 64);
}
