package io.planeproxy.core.upstream;

import java.time.Duration;

/**
 * How upstream connections are opened and kept.
 *
 * @param connectTimeout for looking up a name and for all its addresses together, with the TLS handshake
 * @param idle how long an unused connection is kept; must be below the shortest idle limit of Plane's servers, which is
 *     2 s
 * @param maxIdle how many unused connections are kept for each upstream and event loop
 * @param maxConnections how many connections are open at the same time for each upstream and event loop
 * @param maxQueue how many exchanges wait at most for one of them; they wait as long as a connect may take
 */
public record UpstreamOptions(Duration connectTimeout, Duration idle, int maxIdle, int maxConnections, int maxQueue) {
    public static final UpstreamOptions DEFAULT =
            new UpstreamOptions(Duration.ofSeconds(5), Duration.ofMillis(1500), 64, 1024, 1024);
}
