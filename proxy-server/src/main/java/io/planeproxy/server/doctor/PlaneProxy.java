package io.planeproxy.server.doctor;

import io.planeproxy.server.probe.Line;
import io.planeproxy.server.probe.Reply;
import io.planeproxy.server.probe.Way;
import io.planeproxy.server.probe.Way.Security;
import io.planeproxy.server.settings.ListenerSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Knows a plane-proxy by its answer to a request that it refuses before anything else is looked at. */
final class PlaneProxy {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final String TWO_HOSTS = "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n";

    private PlaneProxy() {}

    static boolean answersAt(ListenerSettings listener) {
        Security security = listener instanceof ListenerSettings.Secure ? Security.TLS : Security.PLAIN;
        Way way = Way.to("", listener.address().value().fromHere(), security, "localhost");
        return refusal(way).flatMap(Reply::cause).isPresent();
    }

    /** What the first on a way answers by itself, whoever that is; nothing where nobody answers. */
    static Optional<Reply> refusal(Way way) {
        try (Line line = Line.open(way, PATIENCE)) {
            line.send(TWO_HOSTS);
            return Optional.of(line.reply());
        } catch (IOException noAnswer) {
            return Optional.empty();
        }
    }
}
