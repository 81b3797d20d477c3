package io.planeproxy.core.route;

import java.time.Duration;

/**
 * One way through the proxy.
 *
 * @param prefix which paths take it
 * @param upstream where they go
 * @param bodyLimit how large a request body may be
 * @param upgrades which protocols a client may switch to
 * @param replyTimeout how long the upstream may be silent before and within its reply
 * @param access which client addresses may take it
 * @param origins from which pages a WebSocket may be opened on it
 * @param hold who waits while the upstream is away
 */
public record Route(
        PathPrefix prefix,
        Upstream upstream,
        BodyLimit bodyLimit,
        Upgrades upgrades,
        Duration replyTimeout,
        AddressRules access,
        Origins origins,
        Hold hold) {

    /** A route for everybody, on which nobody waits. */
    public Route(PathPrefix prefix, Upstream upstream, BodyLimit bodyLimit, Upgrades upgrades, Duration replyTimeout) {
        this(prefix, upstream, bodyLimit, upgrades, replyTimeout, AddressRules.EVERYBODY, Origins.ANY, Hold.NOBODY);
    }
}
