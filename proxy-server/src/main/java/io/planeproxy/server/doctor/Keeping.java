package io.planeproxy.server.doctor;

import io.planeproxy.server.probe.Way;
import io.planeproxy.server.settings.Settings;
import io.planeproxy.server.settings.UpstreamUrl;
import java.time.Duration;
import java.util.Optional;

/**
 * For how long this proxy may keep a request while its upstream is away. Whoever gives up earlier takes a proxy that waits for one
 * that does not answer.
 *
 * @param key the one that says so
 * @param hold what it says; nothing for not at all
 * @param connect how long a connection to the upstream may take, and before that the wait for a place among those that are open
 */
record Keeping(String key, Optional<Duration> hold, Duration connect) {
    /** For an answer that nobody keeps back. */
    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    /** For a handshake that is kept for minutes, nobody waits before a screen. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    static Keeping ofHandshakes(Settings settings) {
        return new Keeping(
                "websocket.hold",
                settings.webSockets().hold().asOptional(),
                settings.timeouts().connect());
    }

    static Keeping ofRequests(Settings settings) {
        return new Keeping(
                "timeouts.hold",
                settings.timeouts().hold().asOptional(),
                settings.timeouts().connect());
    }

    /** How long an answer is waited for. Plane itself keeps nobody back. */
    Duration answerWithin(Way way) {
        return way.words().equals(Vantage.DIRECT) ? AT_ONCE : answerWithin();
    }

    /** By then the proxy has answered by itself, or it keeps the request for longer than anybody waits for an answer here. */
    Duration answerWithin() {
        Duration most = connect.multipliedBy(2).plus(hold.orElse(Duration.ZERO)).plus(AT_ONCE);
        return most.compareTo(LONGEST) < 0 ? most : LONGEST;
    }

    /** How long was waited where nothing came, and what that means. */
    String silence(UpstreamUrl upstream) {
        String waited = "within " + answerWithin().toSeconds() + " s";
        return hold.map(limit -> answerWithin().compareTo(limit) > 0
                        ? waited + ", which is longer than " + key + " lets it keep a request: " + limit.toSeconds()
                                + " s"
                        : waited + "; " + key + " lets it keep a request for " + limit.toSeconds()
                                + " s while the upstream " + upstream + " is away")
                .orElse(waited);
    }
}
