package io.planeproxy.core.kit;

import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.forward.ClientFacts;
import io.planeproxy.core.relay.ExchangeRecord;
import io.planeproxy.core.relay.Journal;
import io.planeproxy.core.relay.TunnelRecord;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Keeps all that the engine tells. */
public final class RecordingJournal implements Journal {
    private final BlockingQueue<ExchangeRecord> exchanges = new LinkedBlockingQueue<>();
    private final BlockingQueue<TunnelRecord> tunnels = new LinkedBlockingQueue<>();
    private final BlockingQueue<Refusal> refusals = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> malformedTunnels = new LinkedBlockingQueue<>();
    private final BlockingQueue<Throwable> bugs = new LinkedBlockingQueue<>();

    @Override
    public void exchangeEnded(ExchangeRecord exchange) {
        exchanges.add(exchange);
    }

    @Override
    public void tunnelEnded(TunnelRecord tunnel) {
        tunnels.add(tunnel);
    }

    @Override
    public void requestRefused(ClientFacts client, Refusal refusal) {
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

    /** Fails with the first fault of the engine's own. */
    public void assertNoBugs() {
        Throwable bug = bugs.peek();
        if (bug != null) {
            throw new AssertionError(bugs.size() + " faults of our own", bug);
        }
    }
}
