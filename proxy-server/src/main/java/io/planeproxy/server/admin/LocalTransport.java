package io.planeproxy.server.admin;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;

/** The sockets this machine offers for what stays on it. */
enum LocalTransport {
    /** Linux: who is at the other end can be told, and descriptors can be sent. */
    EPOLL,
    /** Everywhere else. */
    JDK;

    static LocalTransport best() {
        return Epoll.isAvailable() ? EPOLL : JDK;
    }

    IoHandlerFactory handlers() {
        return switch (this) {
            case EPOLL -> EpollIoHandler.newFactory();
            case JDK -> NioIoHandler.newFactory();
        };
    }

    Class<? extends ServerChannel> unixServer() {
        return switch (this) {
            case EPOLL -> EpollServerDomainSocketChannel.class;
            case JDK -> NioServerDomainSocketChannel.class;
        };
    }

    Class<? extends ServerChannel> tcpServer() {
        return switch (this) {
            case EPOLL -> EpollServerSocketChannel.class;
            case JDK -> NioServerSocketChannel.class;
        };
    }

    SocketAddress address(Path path) {
        return switch (this) {
            case EPOLL -> new DomainSocketAddress(path.toFile());
            case JDK -> UnixDomainSocketAddress.of(path);
        };
    }
}
