package io.planeproxy.server.handover;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.DomainSocketReadMode;
import io.netty.channel.unix.FileDescriptor;
import io.planeproxy.server.admin.AdminClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks a page for open files (SCM_RIGHTS of unix(7)), and takes what comes. Blocks. */
final class DescriptorReceiver extends ChannelInboundHandlerAdapter {
    private static final int SECONDS = 10;

    private final int wanted;
    private final List<Integer> received = new ArrayList<>();
    private final CompletableFuture<List<Integer>> whole = new CompletableFuture<>();

    private DescriptorReceiver(int wanted) {
        this.wanted = wanted;
    }

    /** @throws IOException with a sentence for the operator, if not all of them come; then none is left open */
    static List<Integer> receive(Path socket, String page, int wanted) throws IOException {
        if (!Epoll.isAvailable()) {
            throw new IOException("sockets cannot be handed over here: "
                    + Epoll.unavailabilityCause().getMessage()
                    + "; expected Linux on x86-64 or arm64; restart instead");
        }
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        DescriptorReceiver receiver = new DescriptorReceiver(wanted);
        try {
            new Bootstrap()
                    .group(group)
                    .channel(EpollDomainSocketChannel.class)
                    .option(EpollChannelOption.DOMAIN_SOCKET_READ_MODE, DomainSocketReadMode.FILE_DESCRIPTORS)
                    .handler(receiver)
                    .connect(new DomainSocketAddress(socket.toFile()))
                    .syncUninterruptibly()
                    .channel()
                    .writeAndFlush(Unpooled.wrappedBuffer(AdminClient.orderTo(page)));
            return receiver.whole.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | InterruptedException incomplete) {
            throw new IOException(
                    socket + ": " + receiver.received.size() + " of " + wanted
                            + " sockets were handed over; expected all;"
                            + " it may be ending or taken over already; try again, or start without --replace",
                    incomplete);
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
            if (!receiver.whole.isDone() || receiver.whole.isCompletedExceptionally()) {
                receiver.closeAll();
            }
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof FileDescriptor descriptor) {
            received.add(descriptor.intValue());
        }
        if (received.size() == wanted && whole.complete(List.copyOf(received))) {
            context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        whole.completeExceptionally(new IOException("the connection ended"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        whole.completeExceptionally(cause);
        context.close();
    }

    private void closeAll() {
        for (int descriptor : received) {
            try {
                new FileDescriptor(descriptor).close();
            } catch (IOException gone) {
                // It is closed, which was the aim.
            }
        }
    }
}
