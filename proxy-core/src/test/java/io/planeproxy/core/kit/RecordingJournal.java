package io.planeproxy.core.kit;

import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.forward.ClientFacts;
import io.planeproxy.core.forward.RequestId;
import io.planeproxy.core.relay.ExchangeRecord;
import io.planeproxy.core.relay.Journal;
import io.planeproxy.core.relay.TunnelRecord;
import io.planeproxy.core.route.Upstream;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/** Keeps all that the engine tells. */
public final class RecordingJournal implements Journal {
    private final BlockingQueue<ExchangeRecord> exchanges = new LinkedBlockingQueue<>();
    private final BlockingQueue<TunnelRecord> tunnels = new LinkedBlockingQueue<>();
    private final BlockingQueue<Refusal> refusals = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> malformedTunnels = new LinkedBlockingQueue<>();
    private final BlockingQueue<Throwable> bugs = new LinkedBlockingQueue<>();

    private final Set<Told> faulty = ConcurrentHashMap.newKeySet();

    /** Where a journal may be made to fail, as a fault of our own. */
    public enum Told {
        EXCHANGE_ENDED,
        REQUEST_REFUSED,
        UPSTREAM_CONNECTED
    }

    /** Throws when it is next told that, and that once. */
    public void failOnce(Told what) {
        faulty.add(what);
    }

    private void failIfAsked(Told what) {
        if (faulty.remove(what)) {
            throw new IllegalStateException("a journal that fails when told " + what);
        }
    }

    @Override
    public void upstreamConnected(Upstream upstream) {
        failIfAsked(Told.UPSTREAM_CONNECTED);
    }

    @Override
    public void exchangeEnded(ExchangeRecord exchange) {
        failIfAsked(Told.EXCHANGE_ENDED);
        exchanges.add(exchange);
    }

    @Override
    public void tunnelEnded(TunnelRecord tunnel) {
        tunnels.add(tunnel);
    }

    @Override
    public void requestRefused(ClientFacts client, RequestId id, Refusal refusal) {
        failIfAsked(Told.REQUEST_REFUSED);
        refusals.add(refusal);
    }

    @Override
    public void handshakeFailed(ClientFacts client, Throwable cause) {}

    @Override
    public void tunnelMalformed(ClientFacts client, String seen) {
        malformedTunnels.add(seen);
    }

    @Override
    public void bug(String during, Throwable fault) {
        bugs.add(new AssertionError(during, fault));
    }

    public BlockingQueue<ExchangeRecord> exchanges() {
        return exchanges;
    }

    public BlockingQueue<TunnelRecord> tunnels() {
        return tunnels;
    }

    public BlockingQueue<String> malformedTunnels() {
        return malformedTunnels;
    }

    public BlockingQueue<Refusal> refusals() {
        return refusals;
    }

    /** The faults of the engine's own; those that are taken are not told by {@link #assertNoBugs}. */
    public BlockingQueue<Throwable> bugs() {
        return bugs;
    }

    /** Fails with the first fault of the engine's own. */
    public void assertNoBugs() {
        Throwable bug = bugs.peek();
        if (bug != null) {
            throw new AssertionError(bugs.size() + " faults of our own", bug);
        }
    }
}
