package io.planeproxy.core.upstream;

import io.planeproxy.core.route.Upstream;

/**
 * What there is to one upstream on one event loop, without tunnels.
 *
 * @param idle connections that wait for an exchange
 * @param leased connections that an exchange uses
 * @param opening connections that are being made
 * @param waiting exchanges that wait for a connection to become free
 */
public record PoolFigures(Upstream upstream, int idle, int leased, int opening, int waiting) {}
