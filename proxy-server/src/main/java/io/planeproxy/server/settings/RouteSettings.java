package io.planeproxy.server.settings;

import java.time.Duration;

/**
 * What holds for the requests below a path, with everything that it inherits filled in.
 *
 * @param replyTimeout how long the upstream may be silent before and within its reply
 */
public record RouteSettings(
        RoutePath path, Located<UpstreamUrl> upstream, BodyLimit maxBody, Upgrades upgrades, Duration replyTimeout) {}
