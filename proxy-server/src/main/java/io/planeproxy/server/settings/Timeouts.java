package io.planeproxy.server.settings;

import java.time.Duration;

/**
 * How long the proxy waits; all are positive.
 *
 * @param head for the whole head of a request after its first byte
 * @param bodyIdle between two reads of a request's body
 * @param writeStall for a client that takes no bytes
 * @param keepAlive for the next request on a client's connection
 * @param connect for a connection to the upstream
 * @param hold for an upstream that is away, before an ordinary request is answered
 * @param reply for the upstream's reply, unless a route has its own
 * @param tunnelIdle for a tunnel in which nothing moves
 * @param tlsHandshake for the whole TLS handshake with a client
 * @param shutdown for what still runs when the program is told to end
 */
public record Timeouts(
        Duration head,
        Duration bodyIdle,
        Duration writeStall,
        Duration keepAlive,
        Duration connect,
        Span hold,
        Duration reply,
        Duration tunnelIdle,
        Duration tlsHandshake,
        Duration shutdown) {}
