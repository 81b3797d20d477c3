package io.planeproxy.server;

import io.planeproxy.core.relay.RateLimit;
import io.planeproxy.core.route.Traces;
import io.planeproxy.server.settings.Rate;
import io.planeproxy.tls.UpstreamTls;
import io.planeproxy.tls.UpstreamTrust;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What goes on from one configuration to the next. */
final class Lasting implements AutoCloseable {
    private final Traces traces = new Traces();
    private @Nullable UpstreamTls upstreamTls;
    private @Nullable Limited limited;

    private record Limited(Rate rate, RateLimit limit) {}

    /** Made when it is needed first, and then there until the end: an exchange may need it that an older configuration began. */
    synchronized UpstreamTls upstreamTls() {
        if (upstreamTls == null) {
            upstreamTls = UpstreamTls.of(UpstreamTrust.ofJava());
        }
        return upstreamTls;
    }

    /** Paths that are lent stay lent. */
    Traces traces() {
        return traces;
    }

    /** Who has used up its credit gets no new one from a configuration with the same rate. */
    synchronized Optional<RateLimit> rateLimit(Rate rate, long now) {
        return switch (rate) {
            case Rate.Off() -> Optional.empty();
            case Rate.Limited(int perSecond, int burst) -> {
                if (limited == null || !limited.rate.equals(rate)) {
                    limited = new Limited(rate, new RateLimit(perSecond, burst, now));
                }
                yield Optional.of(limited.limit);
            }
        };
    }

    /** To be called after the engine's end. */
    @Override
    public synchronized void close() {
        if (upstreamTls != null) {
            upstreamTls.close();
            upstreamTls = null;
        }
    }
}
