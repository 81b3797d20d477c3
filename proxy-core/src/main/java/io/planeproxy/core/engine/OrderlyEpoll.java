package io.planeproxy.core.engine;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;

/**
 * Netty's epoll, save for what it asks the kernel about a connection, in two points:
 *
 * <ul>
 *   <li>A connection that waits for nothing stays registered. Netty takes it out and can not put it in again: a write that later
 *       has to wait (ENOENT from epoll_ctl) then ends the output, and what was still to be sent is lost. It happens to whoever has
 *       closed its own direction and takes slowly what the other still sends.
 *   <li>The end of what a peer sends is noticed where it stands, by reading up to it. At EPOLLRDHUP Netty reads all that lies before
 *       it at once, however full the other side is: some MiB for each connection.
 * </ul>
 */
final class OrderlyEpoll implements OrderlyHandler.Order {
    /** Nothing but faults, and each only once; a connection closed in both directions would be told of without end. */
    private static final EpollIoOps NOTHING = EpollIoOps.EPOLLET;

    private OrderlyEpoll() {}

    static IoHandlerFactory newFactory() {
        return OrderlyHandler.newFactory(EpollIoHandler.newFactory(), new OrderlyEpoll());
    }

    @Override
    public long submit(IoRegistration registration, IoOps asked) {
        EpollIoOps ops = ((EpollIoOps) asked).without(EpollIoOps.EPOLLRDHUP);
        return registration.submit(ops.equals(EpollIoOps.NONE) ? NOTHING : ops);
    }
}
