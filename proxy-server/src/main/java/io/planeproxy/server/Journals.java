package io.planeproxy.server;

import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.forward.ClientFacts;
import io.planeproxy.core.forward.RequestId;
import io.planeproxy.core.relay.ExchangeRecord;
import io.planeproxy.core.relay.Journal;
import io.planeproxy.core.relay.Party;
import io.planeproxy.core.relay.TunnelRecord;
import io.planeproxy.core.route.Upstream;
import java.util.List;
import java.util.function.Consumer;

/** Tells everything to several, in their order. */
record Journals(List<Journal> all) implements Journal {
    Journals {
        all = List.copyOf(all);
    }

    private void tell(Consumer<Journal> word) {
        all.forEach(word);
    }

    @Override
    public void exchangeEnded(ExchangeRecord exchange) {
        tell(journal -> journal.exchangeEnded(exchange));
    }

    @Override
    public void tunnelEnded(TunnelRecord tunnel) {
        tell(journal -> journal.tunnelEnded(tunnel));
    }

    @Override
    public void requestRefused(ClientFacts client, RequestId id, Refusal refusal) {
        tell(journal -> journal.requestRefused(client, id, refusal));
    }

    @Override
    public void handshakeFailed(ClientFacts client, Throwable cause) {
        tell(journal -> journal.handshakeFailed(client, cause));
    }

    @Override
    public void tunnelMalformed(ClientFacts client, String seen) {
        tell(journal -> journal.tunnelMalformed(client, seen));
    }

    @Override
    public void bug(String during, Throwable fault) {
        tell(journal -> journal.bug(during, fault));
    }

    @Override
    public void handshakeDone(ClientFacts client, String protocol) {
        tell(journal -> journal.handshakeDone(client, protocol));
    }

    @Override
    public void upstreamConnected(Upstream upstream) {
        tell(journal -> journal.upstreamConnected(upstream));
    }

    @Override
    public void upstreamConnectFailed(Upstream upstream, Refusal refusal) {
        tell(journal -> journal.upstreamConnectFailed(upstream, refusal));
    }

    @Override
    public void requestRepeated(Upstream upstream) {
        tell(journal -> journal.requestRepeated(upstream));
    }

    @Override
    public void fieldLeftOut(ClientFacts client, String name) {
        tell(journal -> journal.fieldLeftOut(client, name));
    }

    @Override
    public void ponged(Party by, long nanos) {
        tell(journal -> journal.ponged(by, nanos));
    }

    @Override
    public void eventLoopLate(long nanos) {
        tell(journal -> journal.eventLoopLate(nanos));
    }
}
