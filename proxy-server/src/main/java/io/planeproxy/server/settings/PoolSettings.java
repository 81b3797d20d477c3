package io.planeproxy.server.settings;

import java.time.Duration;

/**
 * The connections to one upstream that one event loop keeps.
 *
 * @param idle how long an unused connection is kept
 * @param maxIdle unused connections, 0 to keep none
 */
public record PoolSettings(Duration idle, int maxIdle) {}
