package io.planeproxy.server.recent;

import io.planeproxy.core.cause.Cause;
import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.exchange.Outcome;
import io.planeproxy.core.forward.ClientFacts;
import io.planeproxy.core.forward.RequestId;
import io.planeproxy.core.relay.ExchangeRecord;
import io.planeproxy.core.relay.Journal;
import io.planeproxy.core.relay.TunnelRecord;
import io.planeproxy.core.route.Upstream;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Remembers the last of what the engine tells. */
public final class Recent implements Journal {
    private static final int KEPT = 50;
    private static final UpstreamSight UNASKED = new UpstreamSight.Unasked();

    private final InstantSource clock;
    private final Ring<ClosedSocket> closes = new Ring<>(KEPT);
    private final Ring<Failure> failures = new Ring<>(KEPT);
    private final Ring<SelfTestSight> selfTests = new Ring<>(KEPT);

    /** As many as configurations have named. */
    private final Map<Upstream, UpstreamSight> upstreams = new ConcurrentHashMap<>();

    /** The last that reached an upstream. */
    private volatile @Nullable ExchangeRecord passed;

    public Recent(InstantSource clock) {
        this.clock = clock;
    }

    /** How the last tunnels ended, the latest first. */
    public List<ClosedSocket> closes() {
        return closes.latest();
    }

    /** What failed, the latest first; without what clients broke off, as each page that is left does. */
    public List<Failure> failures() {
        return failures.latest();
    }

    /** What was seen of one self-test, the latest first. @param name what its page has drawn */
    public List<SelfTestSight> selfTest(String name) {
        return selfTests.latest().stream()
                .filter(sight -> sight.name().equals(name))
                .toList();
    }

    public UpstreamSight upstream(Upstream upstream) {
        return upstreams.getOrDefault(upstream, UNASKED);
    }

    /** Under which address the last request came that reached an upstream. */
    public Optional<URI> publicAddress() {
        return Optional.ofNullable(passed).flatMap(PublicAddress::of);
    }

    @Override
    public void exchangeEnded(ExchangeRecord exchange) {
        Outcome outcome = exchange.outcome();
        if (outcome instanceof Outcome.Complete || outcome instanceof Outcome.Switched) {
            if (exchange.upstream().isPresent()) {
                passed = exchange;
            }
        } else {
            outcome.failure().ifPresent(refusal -> failed(exchange, refusal));
        }
        if (SelfTestSight.isOne(exchange)) {
            selfTests.add(SelfTestSight.of(exchange));
        }
    }

    private void failed(ExchangeRecord exchange, Refusal refusal) {
        if (refusal.cause() != Cause.CLIENT_LEFT) {
            failures.add(Failure.of(exchange, refusal, clock.instant()));
        }
    }

    @Override
    public void tunnelEnded(TunnelRecord tunnel) {
        closes.add(ClosedSocket.of(tunnel, clock.instant()));
    }

    @Override
    public void requestRefused(ClientFacts client, RequestId id, Refusal refusal) {
        if (refusal.cause() != Cause.CLIENT_LEFT) {
            failures.add(Failure.of(client, refusal, clock.instant()));
        }
    }

    @Override
    public void upstreamConnected(Upstream upstream) {
        upstreams.put(upstream, new UpstreamSight.Connected(clock.instant()));
    }

    @Override
    public void upstreamConnectFailed(Upstream upstream, Refusal refusal) {
        upstreams.compute(
                upstream, (same, before) -> (before == null ? UNASKED : before).failed(refusal, clock.instant()));
    }

    @Override
    public void handshakeFailed(ClientFacts client, Throwable cause) {}

    @Override
    public void tunnelMalformed(ClientFacts client, String seen) {}

    @Override
    public void bug(String during, Throwable fault) {}
}
