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

/** The sockets this machine offers. */
enum Transport {
    /** Linux, where the native part loads: one acceptor for each event loop on the same port. */
    EPOLL,
    /** Everywhere else. */
    JDK;

    static Transport best() {
        return Epoll.isAvailable() ? EPOLL : JDK;
    }

    IoHandlerFactory handlers() {
        return switch (this) {
            case EPOLL -> OrderlyEpoll.newFactory();
            case JDK -> NioIoHandler.newFactory();
        };
    }

    Class<? extends Channel> socket() {
        return switch (this) {
            case EPOLL -> EpollSocketChannel.class;
            case JDK -> NioSocketChannel.class;
        };
    }

    Class<? extends ServerChannel> serverSocket() {
        return switch (this) {
            case EPOLL -> EpollServerSocketChannel.class;
            case JDK -> NioServerSocketChannel.class;
        };
    }
}
