package io.planeproxy.core.relay;

import java.time.Duration;

/** Where the time of an exchange went, as far as it came. Together they are all of its time. */
public sealed interface Phases {
    Here HERE = new Here();

    /** It was answered by the proxy, and never on its way to an upstream. */
    record Here() implements Phases {}

    /** @param connection until it was given up to wait for a connection to the upstream */
    record Connecting(Duration connection) implements Phases {}

    /**
     * The upstream never answered.
     *
     * @param connection until a connection was there
     * @param reply until it was given up to wait for the head of the reply
     */
    record Waiting(Duration connection, Duration reply) implements Phases {}

    /**
     * The upstream answered.
     *
     * @param connection until a connection was there
     * @param reply until the head of the reply was there; longer for an upload
     * @param body from then to the end
     */
    record Replying(Duration connection, Duration reply, Duration body) implements Phases {}
}
