package io.planeproxy.server.settings;

import java.time.Duration;

/**
 * What holds for the requests below a path, with everything that it inherits filled in.
 *
 * @param replyTimeout how long the upstream may be silent before and within its reply
 * @param access which clients may take it, of those that their listener serves
 * @param origins from which pages a WebSocket may be opened on it
 */
public record RouteSettings(
        RoutePath path,
        Located<UpstreamUrl> upstream,
        BodyLimit maxBody,
        Upgrades upgrades,
        Duration replyTimeout,
        Access access,
        WebSocketOrigins origins) {}
