package io.planeproxy.core.h1;

import java.time.Duration;

/**
 * How long a client may take.
 *
 * @param head from the first byte of a request to the end of its head, in all
 * @param bodyIdle between two pieces of a request body that we are ready to take
 * @param bodyLeastRate bytes a second that a request body must reach, once it has had {@code bodyIdle} for its start
 * @param writeStall without taking anything of what it is sent
 * @param keepAlive from when it has taken a reply to its next request
 * @param linger to go on sending, in all, from when it has taken the answer behind which the connection is closed
 * @param lingerIdle between two pieces of what it still sends then
 */
public record ClientTimeouts(
        Duration head,
        Duration bodyIdle,
        int bodyLeastRate,
        Duration writeStall,
        Duration keepAlive,
        Duration linger,
        Duration lingerIdle) {
    public static final ClientTimeouts DEFAULT = new ClientTimeouts(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            100,
            Duration.ofSeconds(60),
            Duration.ofSeconds(75),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5));
}
