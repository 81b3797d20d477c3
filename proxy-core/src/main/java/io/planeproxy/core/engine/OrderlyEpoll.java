package io.planeproxy.core.engine;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;

/**
 * Netty's epoll, save for what it asks the kernel about a connection, in three points:
 *
 * <ul>
 *   <li>A connection that waits for nothing stays registered. Netty takes it out and can not put it in again: a write that later
 *       has to wait (ENOENT from epoll_ctl) then ends the output, and what was still to be sent is lost. It happens to whoever has
 *       closed its own direction and takes slowly what the other still sends.
 *   <li>The end of what a peer sends is noticed where it stands, by reading up to it. At EPOLLRDHUP Netty reads all that lies before
 *       it at once, however full the other side is: some MiB for each connection.
 *   <li>A connection that nobody reads is told of once for each thing that happens to it. A broken one is ready for everything
 *       from then on, and Netty, which has ended its output, goes on to wait for room in it: the event loop would turn without
 *       end. What waits to be written misses nothing, since Netty writes until the kernel takes no more before it waits, and
 *       whatever is asked anew is told anew.
 * </ul>
 */
final class OrderlyEpoll implements IoHandler {
    private final IoHandler epoll;

    private OrderlyEpoll(IoHandler epoll) {
        this.epoll = epoll;
    }

    static IoHandlerFactory newFactory() {
        IoHandlerFactory factory = EpollIoHandler.newFactory();
        return executor -> new OrderlyEpoll(factory.newHandler(executor));
    }

    @Override
    public IoRegistration register(IoHandle handle) throws Exception {
        return new Registration(epoll.register(handle));
    }

    private record Registration(IoRegistration registration) implements IoRegistration {
        @Override
        public long submit(IoOps asked) {
            EpollIoOps ops = ((EpollIoOps) asked).without(EpollIoOps.EPOLLRDHUP);
            return registration.submit(ops.contains(EpollIoOps.EPOLLIN) ? ops : ops.with(EpollIoOps.EPOLLET));
        }

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals") // so it is in the interface
        public <T> T attachment() {
            return registration.attachment();
        }

        @Override
        public boolean isValid() {
            return registration.isValid();
        }

        @Override
        public boolean cancel() {
            return registration.cancel();
        }
    }

    @Override
    public void initialize() {
        epoll.initialize();
    }

    @Override
    public int run(IoHandlerContext context) {
        return epoll.run(context);
    }

    @Override
    public void prepareToDestroy() {
        epoll.prepareToDestroy();
    }

    @Override
    public void destroy() {
        epoll.destroy();
    }

    @Override
    public void wakeup() {
        epoll.wakeup();
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> handleType) {
        return epoll.isCompatible(handleType);
    }
}
