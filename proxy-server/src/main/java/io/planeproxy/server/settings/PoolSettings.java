package io.planeproxy.server.settings;

import java.time.Duration;

/**
 * The connections to one upstream that one event loop has.
 *
 * @param idle how long an unused connection is kept
 * @param maxIdle unused connections, 0 to keep none
 * @param maxConnections open connections, WebSockets not counted, at least 1
 * @param queue requests that wait for one of them, 0 for none
 */
public record PoolSettings(Duration idle, int maxIdle, int maxConnections, int queue) {}
