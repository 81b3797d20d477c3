package io.planeproxy.core.engine;

import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.AdoptedServerSocketChannel;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import java.util.Optional;
import java.util.stream.Stream;

/** How sockets are asked for what happens on them. */
public enum Transport {
    /** Linux, where the kernel lets this process have it: a turn of the event loop is one call to the kernel. */
    IO_URING,
    /** Linux, where the native part loads. */
    EPOLL,
    /** Everywhere else. */
    JDK;

    /** The first of them that is to be had here. */
    public static Transport best() {
        return Stream.of(values()).filter(Transport::isAvailable).findFirst().orElse(JDK);
    }

    public boolean isAvailable() {
        return whyNot().isEmpty();
    }

    /** Why it is not to be had here, in the words of the system. */
    public Optional<String> whyNot() {
        return Optional.ofNullable(
                        switch (this) {
                            case IO_URING -> OrderlyIoUring.unavailabilityCause();
                            case EPOLL -> Epoll.unavailabilityCause();
                            case JDK -> null;
                        })
                .map(cause -> String.valueOf(cause.getMessage()));
    }

    IoHandlerFactory handlers() {
        return switch (this) {
            case IO_URING -> OrderlyIoUring.newFactory();
            case EPOLL -> OrderlyEpoll.newFactory();
            case JDK -> NioIoHandler.newFactory();
        };
    }

    Class<? extends Channel> socket() {
        return switch (this) {
            case IO_URING -> IoUringSocketChannel.class;
            case EPOLL -> EpollSocketChannel.class;
            case JDK -> NioSocketChannel.class;
        };
    }

    Class<? extends ServerChannel> serverSocket() {
        return switch (this) {
            case IO_URING -> IoUringServerSocketChannel.class;
            case EPOLL -> EpollServerSocketChannel.class;
            case JDK -> NioServerSocketChannel.class;
        };
    }

    /** @param descriptor of a TCP socket that listens */
    ServerChannel serverSocket(int descriptor) {
        return switch (this) {
            case IO_URING -> new AdoptedServerSocketChannel(descriptor);
            case EPOLL -> new EpollServerSocketChannel(descriptor);
            case JDK -> throw new IllegalStateException("a socket of somebody else, without the native part");
        };
    }
}
