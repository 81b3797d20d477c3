package io.planeproxy.core.engine;

import io.netty.channel.Channel;
import io.netty.channel.unix.UnixChannel;
import java.net.InetSocketAddress;
import java.util.List;

/** A listener in service. */
public final class Listener {
    private final InetSocketAddress asked;
    private final Entrance entrance;
    private final List<Channel> acceptors;

    Listener(InetSocketAddress asked, Entrance entrance, List<Channel> acceptors) {
        this.asked = asked;
        this.entrance = entrance;
        this.acceptors = List.copyOf(acceptors);
    }

    /** Where it was asked to listen, perhaps on any free port. */
    public InetSocketAddress asked() {
        return asked;
    }

    /** Where it listens, with the port that was found where none was asked for. */
    public InetSocketAddress address() {
        return (InetSocketAddress) acceptors.getFirst().localAddress();
    }

    /** Its sockets, to be handed over to another process; none where the system does not tell. Valid while the listener is open. */
    public List<Integer> descriptors() {
        return acceptors.stream()
                .filter(UnixChannel.class::isInstance)
                .map(acceptor -> ((UnixChannel) acceptor).fd().intValue())
                .toList();
    }

    Entrance entrance() {
        return entrance;
    }

    /** Begins to accept. */
    void open() {
        acceptors.forEach(acceptor -> acceptor.config().setAutoRead(true));
    }

    /** Accepts nothing more. Sockets that another process has too stay open there, with all that waits in their queues. */
    void close() {
        acceptors.forEach(acceptor -> acceptor.close().syncUninterruptibly());
    }
}
