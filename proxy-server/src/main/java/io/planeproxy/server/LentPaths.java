package io.planeproxy.server;

import io.planeproxy.core.http.RequestHead;
import io.planeproxy.core.http.Scheme;
import io.planeproxy.core.route.BodyLimit;
import io.planeproxy.core.route.PathPrefix;
import io.planeproxy.core.route.Route;
import io.planeproxy.core.route.Traces;
import io.planeproxy.core.route.Upgrades;
import io.planeproxy.core.route.Upstream;
import io.planeproxy.server.pages.TracePaths;
import io.planeproxy.server.probe.Heads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lends paths below {@code /.well-known/plane-proxy/trace} to whoever gives orders. */
final class LentPaths implements TracePaths {
    private static final Logger LOG = LoggerFactory.getLogger("plane-proxy.trace");

    /** One for all of them, so that what counts by route counts them as one. */
    private static final PathPrefix ROUTE = new PathPrefix("/.well-known/plane-proxy/trace");

    private static final Duration REPLY = Duration.ofMinutes(1);

    private final Traces traces;

    LentPaths(Traces traces) {
        this.traces = traces;
    }

    @Override
    public Optional<String> lend(String name, int port, Duration time) {
        Upstream borrower = new Upstream(Scheme.HTTP, "127.0.0.1", port);
        Route route = new Route(ROUTE, borrower, BodyLimit.UNLIMITED, Upgrades.WEBSOCKET, REPLY);
        if (!traces.lend(path(name), route)) {
            return Optional.empty();
        }
        LOG.info("a path is lent for {} s, to port {} of this machine", time.toSeconds(), port);
        Thread.ofVirtual().name("lent path").start(() -> takeBackAfter(name, time));
        return Optional.of(path(name));
    }

    private void takeBackAfter(String name, Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException ends) {
            Thread.currentThread().interrupt();
        }
        takeBack(name);
    }

    @Override
    public List<List<String>> noted(String name) {
        return traces.noted(path(name)).stream().map(LentPaths::lines).toList();
    }

    @Override
    public void takeBack(String name) {
        traces.takeBack(path(name));
    }

    private static String path(String name) {
        return ROUTE.text() + "/" + name;
    }

    private static List<String> lines(RequestHead head) {
        List<String> lines = new ArrayList<>(List.of(head.method().name() + " " + head.target() + " "
                + head.version().text()));
        for (int line = 0; line < head.fields().size(); line++) {
            lines.add(
                    Heads.shown(head.fields().name(line) + ": " + head.fields().value(line)));
        }
        return lines;
    }
}
