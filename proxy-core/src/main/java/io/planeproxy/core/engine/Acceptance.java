package io.planeproxy.core.engine;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.planeproxy.core.cause.Cause;
import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.forward.ClientFacts;
import io.planeproxy.core.h1.ClientConnection;
import io.planeproxy.core.relay.Dispatcher;
import io.planeproxy.core.relay.Journal;
import io.planeproxy.core.relay.UnsentLimit;
import io.planeproxy.core.tunnel.Tunnel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Gives each connection that a listener accepts what it needs to be served, or the reason why it is not. */
@ChannelHandler.Sharable
final class Acceptance extends ChannelInitializer<Channel> {
    private final ListenerSpec spec;
    private final List<Loop> loops;
    private final ChannelGroup accepted;
    private final OpenConnections connections;
    private final Journal journal;
    private final List<Dispatcher> dispatchers = new ArrayList<>();

    Acceptance(
            ListenerSpec spec, List<Loop> loops, ChannelGroup accepted, OpenConnections connections, Journal journal) {
        this.spec = spec;
        this.loops = loops;
        this.accepted = accepted;
        this.connections = connections;
        this.journal = journal;
        for (Loop loop : loops) {
            dispatchers.add(new Dispatcher(
                    spec.router(),
                    spec.trusted(),
                    spec.admission(),
                    spec.added(),
                    loop.upstreams(),
                    switched -> loop.add(Tunnel.open(switched, spec.tunnelIdle(), journal, loop::remove)),
                    journal));
        }
    }

    @Override
    protected void initChannel(Channel channel) {
        // A client that is gone already has no address any more.
        if (!(channel.remoteAddress() instanceof InetSocketAddress remote)
                || !(channel.localAddress() instanceof InetSocketAddress local)) {
            channel.close();
            return;
        }
        accepted.add(channel);
        UnsentLimit.set(channel);
        OpenConnections.Seat seat = connections.enter();
        channel.closeFuture().addListener(closed -> seat.leave());
        InetAddress peer = remote.getAddress();
        switch (spec.proxySenders()) {
            case ListenerSpec.ProxySenders.Nobody() -> receive(channel, facts(peer, local), seat.claim(peer));
            case ListenerSpec.ProxySenders.These(var senders) -> {
                ClientFacts sender = facts(peer, local);
                if (!senders.trust(peer)) {
                    turnAway(
                            channel,
                            sender,
                            new Refusal(Cause.PROXY_HEADER_INVALID, "from an address that may not send it"));
                } else if (seat.verdict() instanceof OpenConnections.Verdict.Admitted) {
                    channel.pipeline()
                            .addLast(new ProxyProtocol(
                                    sender,
                                    spec.clients().timeouts().head(),
                                    journal,
                                    client -> receive(channel, facts(client, local), seat.claim(client))));
                } else {
                    // Whose connection it is, nobody needs to know to refuse it.
                    receive(channel, sender, seat.verdict());
                }
            }
        }
    }

    private void turnAway(Channel channel, ClientFacts client, Refusal refusal) {
        journal.requestRefused(client, refusal);
        channel.close();
    }

    private ClientFacts facts(InetAddress client, InetSocketAddress local) {
        return ClientFacts.of(client, spec.security().scheme(), local.getPort(), spec.trusted());
    }

    private void receive(Channel channel, ClientFacts facts, OpenConnections.Verdict verdict) {
        switch (verdict) {
            case OpenConnections.Verdict.Admitted() -> {
                switch (spec.security()) {
                    case ListenerSpec.Security.Plain() -> {}
                    case ListenerSpec.Security.Secure(ListenerSpec.TlsHandlers handlers) ->
                        handlers.addTo(channel.pipeline());
                }
                addHttp(channel, facts);
            }
            case OpenConnections.Verdict.Told(Refusal refusal) -> {
                switch (spec.security()) {
                    case ListenerSpec.Security.Plain() ->
                        addHttp(channel, facts).refuse(refusal);
                    // A handshake only to refuse would cost what is scarce.
                    case ListenerSpec.Security.Secure secure -> turnAway(channel, facts, refusal);
                }
            }
            case OpenConnections.Verdict.TurnedAway(Refusal refusal) -> turnAway(channel, facts, refusal);
        }
    }

    private ClientConnection addHttp(Channel channel, ClientFacts facts) {
        int index = indexOf(channel.eventLoop());
        Loop loop = loops.get(index);
        ClientConnection client = new ClientConnection(facts, spec.clients(), dispatchers.get(index), journal);
        channel.pipeline().addLast(client);
        loop.add(client);
        client.whenOver(() -> loop.remove(client));
        return client;
    }

    private int indexOf(EventLoop eventLoop) {
        for (int i = 0; i < loops.size(); i++) {
            if (loops.get(i).eventLoop() == eventLoop) {
                return i;
            }
        }
        throw new IllegalStateException("a connection on an event loop that is not ours");
    }
}
