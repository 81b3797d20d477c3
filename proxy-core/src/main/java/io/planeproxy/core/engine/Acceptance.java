package io.planeproxy.core.engine;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.planeproxy.core.cause.Cause;
import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.forward.ClientFacts;
import io.planeproxy.core.forward.RequestId;
import io.planeproxy.core.h1.ClientConnection;
import io.planeproxy.core.relay.Dispatcher;
import io.planeproxy.core.relay.Journal;
import io.planeproxy.core.relay.UnsentLimit;
import io.planeproxy.core.tunnel.Tunnel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * What one configuration does with the connections of one listener: gives each what it needs to be served, or the reason why
 * it is not.
 */
final class Acceptance {
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
                    switched -> loop.add(Tunnel.open(switched, spec.tunnels(), journal, loop::remove)),
                    journal));
        }
    }

    ListenerSpec spec() {
        return spec;
    }

    /** @param loop which of the event loops */
    Dispatcher dispatcher(int loop) {
        return dispatchers.get(loop);
    }

    /** Takes in a connection that was just made. */
    void accept(Channel channel, Entrance entrance) {
        // A client that is gone already has no address any more.
        if (!(channel.remoteAddress() instanceof InetSocketAddress remote)
                || !(channel.localAddress() instanceof InetSocketAddress local)) {
            channel.close();
            return;
        }
        accepted.add(channel);
        UnsentLimit.set(channel);
        OpenConnections.Seat seat = connections.enter();
        Loop loop = loops.get(indexOf(channel.eventLoop()));
        loop.callbacks().when(channel.closeFuture(), seat::leave);
        InetAddress peer = remote.getAddress();
        switch (spec.proxySenders()) {
            case ListenerSpec.ProxySenders.Nobody() -> receive(channel, facts(peer, local), seat.claim(peer), entrance);
            case ListenerSpec.ProxySenders.These(var senders) -> {
                ClientFacts sender = facts(peer, local);
                if (!senders.trust(peer)) {
                    turnAway(
                            channel,
                            sender,
                            new Refusal(Cause.PROXY_HEADER_INVALID, "from an address that may not send it"));
                } else if (seat.verdict() instanceof OpenConnections.Verdict.Admitted) {
                    loop.awaits(channel);
                    channel.pipeline()
                            .addLast(new ProxyProtocol(
                                    sender,
                                    spec.clients().timeouts().head(),
                                    journal,
                                    client -> entrance.current().introduced(channel, client, local, seat, entrance)));
                } else {
                    // Whose connection it is, nobody needs to know to refuse it.
                    receive(channel, sender, seat.verdict(), entrance);
                }
            }
        }
    }

    /** A fault of our own in taking it in. */
    void failed(Channel channel, Throwable fault) {
        journal.bug("accepting from " + channel.remoteAddress(), fault);
        channel.close();
    }

    private void turnAway(Channel channel, ClientFacts client, Refusal refusal) {
        journal.requestRefused(client, RequestId.drawn(), refusal);
        channel.close();
    }

    private ClientFacts facts(InetAddress client, InetSocketAddress local) {
        return ClientFacts.of(client, spec.security().scheme(), local.getPort(), spec.trusted());
    }

    /** The PROXY header has come, perhaps under another configuration than the connection. */
    private void introduced(
            Channel channel,
            InetAddress client,
            InetSocketAddress local,
            OpenConnections.Seat seat,
            Entrance entrance) {
        receive(channel, facts(client, local), seat.claim(client), entrance);
    }

    private void receive(Channel channel, ClientFacts facts, OpenConnections.Verdict verdict, Entrance entrance) {
        if (entrance.isShut()) {
            channel.close();
            return;
        }
        switch (verdict) {
            case OpenConnections.Verdict.Admitted() -> {
                ClientConnection client = client(channel, facts, entrance);
                switch (spec.security()) {
                    case ListenerSpec.Security.Plain() -> {}
                    case ListenerSpec.Security.Secure(ListenerSpec.TlsHandlers handlers) ->
                        handlers.addTo(channel.pipeline(), client::refusePlainHttp);
                }
                add(client, channel, entrance);
            }
            case OpenConnections.Verdict.Told(Refusal refusal) -> {
                switch (spec.security()) {
                    case ListenerSpec.Security.Plain() -> {
                        ClientConnection client = client(channel, facts, entrance);
                        add(client, channel, entrance);
                        client.refuse(refusal);
                    }
                    // A handshake only to refuse would cost what is scarce.
                    case ListenerSpec.Security.Secure secure -> turnAway(channel, facts, refusal);
                }
            }
            case OpenConnections.Verdict.TurnedAway(Refusal refusal) -> turnAway(channel, facts, refusal);
        }
    }

    private ClientConnection client(Channel channel, ClientFacts facts, Entrance entrance) {
        Guest guest = new Guest(entrance, this, facts, indexOf(channel.eventLoop()));
        return new ClientConnection(guest, spec.clients(), journal);
    }

    private void add(ClientConnection client, Channel channel, Entrance entrance) {
        Loop loop = loops.get(indexOf(channel.eventLoop()));
        channel.pipeline().addLast(client);
        loop.add(client, entrance);
        loop.arrived(channel);
        client.whenOver(() -> loop.remove(client));
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
