package io.planeproxy.benchmarks;

import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.forward.ClientFacts;
import io.planeproxy.core.forward.RequestId;
import io.planeproxy.core.relay.ExchangeRecord;
import io.planeproxy.core.relay.Journal;
import io.planeproxy.core.relay.TunnelRecord;

/** Keeps nothing; a fault of ours makes the figures void and is said. */
final class QuietJournal implements Journal {
    @Override
    public void exchangeEnded(ExchangeRecord exchange) {}

    @Override
    public void tunnelEnded(TunnelRecord tunnel) {}

    @Override
    public void requestRefused(ClientFacts client, RequestId id, Refusal refusal) {}

    @Override
    public void handshakeFailed(ClientFacts client, Throwable cause) {}

    @Override
    public void tunnelMalformed(ClientFacts client, String seen) {}

    @Override
    public void bug(String during, Throwable fault) {
        System.err.println("a fault in the proxy during " + during + ", so these figures are worth nothing: " + fault);
    }
}
