package io.planeproxy.server;

import io.planeproxy.core.relay.Journal;
import io.planeproxy.server.accesslog.AccessLog;
import io.planeproxy.server.metrics.Metrics;
import io.planeproxy.server.recent.Recent;
import io.planeproxy.server.settings.AccessLogFormat;
import java.time.InstantSource;
import java.util.List;

/** All who hear from the engine, each for its own purpose. */
record Witnesses(AccessLog accessLog, Metrics metrics, Recent recent) {

    /** @param version of the program */
    static Witnesses of(AccessLogFormat format, String version, InstantSource clock) {
        return new Witnesses(new AccessLog(format, clock), new Metrics(version), new Recent(clock));
    }

    Journal journal() {
        return new Journals(List.of(accessLog, metrics, recent));
    }

    /** Whom to ask for what is not told but looked at. */
    void watch(Proxy proxy) {
        metrics.watchEngine(proxy::figures, proxy::heldExchanges);
        metrics.watchCertificates(() -> proxy.generation().certificates());
        metrics.watchDroppedLines(Logs::dropped);
    }
}
