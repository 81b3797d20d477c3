package io.planeproxy.server.accesslog;

import io.planeproxy.core.cause.Cause;
import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.exchange.Outcome;
import io.planeproxy.core.relay.ExchangeRecord;
import io.planeproxy.core.route.Upstream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log of the program that an upstream gives no answer, what was seen and what to do, and that it answers again. What
 * becomes of each request is in the access log.
 */
final class UpstreamNews {
    static final String LOGGER = "plane-proxy.upstream";

    private static final Logger LOG = LoggerFactory.getLogger(LOGGER);

    /** Where none can be had for want of a file, or by a fault of our own, it is not the upstream that is away. */
    private static final Set<Cause> WITHOUT_CONNECTION = EnumSet.of(
            Cause.UPSTREAM_UNRESOLVED,
            Cause.UPSTREAM_REFUSED,
            Cause.UPSTREAM_UNREACHABLE,
            Cause.UPSTREAM_TLS_FAILED,
            Cause.CONNECT_TIMEOUT);

    /** What happens to connections that are made. */
    private static final Set<Cause> WITHOUT_ANSWER =
            EnumSet.of(Cause.UPSTREAM_AWAY, Cause.UPSTREAM_CLOSED, Cause.UPSTREAM_MALFORMED, Cause.REPLY_TIMEOUT);

    /** Fewer may be a server that has just ended a worker, or requests that take long. */
    private static final int NO_ACCIDENT = 3;

    private final InstantSource clock;

    /** Of those that have ever failed: no more than configurations have named. */
    private final Map<Upstream, AtomicReference<Standing>> standings = new ConcurrentHashMap<>();

    UpstreamNews(InstantSource clock) {
        this.clock = clock;
    }

    void connectFailed(Upstream upstream, Refusal refusal) {
        if (WITHOUT_CONNECTION.contains(refusal.cause())) {
            failed(upstream, refusal, 1);
        }
    }

    void ended(ExchangeRecord exchange) {
        if (exchange.upstream().isEmpty()) {
            return;
        }
        Upstream upstream = exchange.upstream().get();
        switch (exchange.outcome()) {
            case Outcome.Complete(), Outcome.Switched(), Outcome.NotSwitched _ -> answered(upstream);
            case Outcome.Refused(Refusal refusal) -> {
                if (WITHOUT_ANSWER.contains(refusal.cause())) {
                    failed(upstream, refusal, NO_ACCIDENT);
                }
            }
            // It had begun to answer, or the client did not wait for it.
            case Outcome.Cut _, Outcome.Abandoned _ -> {}
        }
    }

    private void failed(Upstream upstream, Refusal refusal, int enough) {
        Instant now = clock.instant();
        Standing before = standings
                .computeIfAbsent(upstream, first -> new AtomicReference<>(Standing.WELL))
                .getAndUpdate(standing -> standing.failed(enough, now));
        Standing after = before.failed(enough, now);
        if (after.tellsMoreThan(before)) {
            tell(refusal, Duration.between(after.since(), now));
        }
    }

    /** One that restarts is back soon; one that is not wakes somebody. */
    private static void tell(Refusal refusal, Duration lasting) {
        String seen = Shown.printable(refusal.detail()) + " (" + refusal.cause().code() + ")";
        String todo = "expected an answer of Plane. " + refusal.cause().advice()
                + " Requests that fail meanwhile are in the access log, where it is on; here it is told once a minute at most";
        if (lasting.compareTo(Standing.SILENCE) < 0) {
            LOG.warn("no answer from the upstream: {}; {}", seen, todo);
        } else {
            LOG.error("no answer from the upstream for {} s: {}; {}", lasting.toSeconds(), seen, todo);
        }
    }

    private void answered(Upstream upstream) {
        AtomicReference<Standing> standing = standings.get(upstream);
        if (standing == null || standing.get().failures() == 0) {
            return;
        }
        Standing before = standing.getAndUpdate(Standing::answered);
        if (before.told() == Standing.Told.AWAY) {
            LOG.info(
                    "{} answers again, after {} s",
                    upstream,
                    Duration.between(before.since(), clock.instant()).toSeconds());
        }
    }
}
