package io.planeproxy.core.engine;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.List;

/** A listener in service. */
public final class Listener {
    private final List<Channel> acceptors;

    Listener(List<Channel> acceptors) {
        this.acceptors = List.copyOf(acceptors);
    }

    /** Where it listens, with the port that was found where none was asked for. */
    public InetSocketAddress address() {
        return (InetSocketAddress) acceptors.getFirst().localAddress();
    }

    void close() {
        acceptors.forEach(acceptor -> acceptor.close().syncUninterruptibly());
    }
}
