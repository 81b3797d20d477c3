package io.netty.channel.uring;

import io.netty.channel.Channel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.ServerSocketChannelConfig;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A socket that listens already. Netty makes such a channel for epoll only, and what it would be made of for io_uring can be seen in
 * Netty's package only.
 */
public final class AdoptedServerSocketChannel extends AbstractIoUringServerChannel implements ServerSocketChannel {
    private final ServerSocketChannelConfig config = new IoUringServerSocketChannelConfig(this);

    /** @param descriptor of a TCP socket that listens; the channel's from here on */
    public AdoptedServerSocketChannel(int descriptor) {
        super(new LinuxSocket(descriptor), true);
    }

    @Override
    Channel newChildChannel(int descriptor, @Nullable ByteBuffer acceptedAddress) {
        LinuxSocket socket = new LinuxSocket(descriptor);
        return acceptedAddress == null
                ? new IoUringSocketChannel(this, socket)
                : new IoUringSocketChannel(this, socket, peer(socket, acceptedAddress));
    }

    private InetSocketAddress peer(LinuxSocket socket, ByteBuffer accepted) {
        IoUringIoHandler handler = registration().attachment();
        return socket.isIpv6()
                ? SockaddrIn.getIPv6(accepted, handler.inet6AddressArray(), handler.inet4AddressArray())
                : SockaddrIn.getIPv4(accepted, handler.inet4AddressArray());
    }

    @Override
    public ServerSocketChannelConfig config() {
        return config;
    }

    @Override
    public InetSocketAddress localAddress() {
        return (InetSocketAddress) super.localAddress();
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return (InetSocketAddress) super.remoteAddress();
    }
}
