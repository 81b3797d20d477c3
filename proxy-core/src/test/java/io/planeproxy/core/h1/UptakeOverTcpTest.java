package io.planeproxy.core.h1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.planeproxy.core.relay.Callbacks;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The system has a queue of its own for a client; while that moves, the client takes what it is sent. */
final class UptakeOverTcpTest {
    /** More than the system's buffers can take. */
    private static final int LARGE = 16 * 1024 * 1024;

    private int stalled;

    @Test
    void whoIsSentSomethingWithinTheLimitIsWaitedFor() throws Exception {
        assertEquals(0, timesStalled(Duration.ofHours(1)));
    }

    @Test
    void whoIsSentNothingWithinTheLimitIsNot() throws Exception {
        assertEquals(1, timesStalled(Duration.ofNanos(1)));
    }

    /** For a client that has just been sent what its window and the buffers can take. */
    private int timesStalled(Duration limit) throws Exception {
        assumeTrue(Epoll.isAvailable(), "only there the system tells");
        SlowPeer clock = new SlowPeer();
        var loops = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Channel channel = new Bootstrap()
                    .group(loops)
                    .channel(EpollSocketChannel.class)
                    .handler(new ChannelInboundHandlerAdapter())
                    .connect(server.getLocalSocketAddress())
                    .sync()
                    .channel();
            try (Socket client = server.accept()) {
                // In one turn, so that nothing moves out of our own queue meanwhile.
                channel.eventLoop()
                        .submit(() -> {
                            channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[LARGE]));
                            Callbacks callbacks = new Callbacks(clock.eventLoop(), fault -> stalled = -1);
                            Uptake uptake =
                                    new Uptake(channel.pipeline().lastContext(), callbacks, limit, () -> stalled++);
                            uptake.watch();
                            clock.pass(limit);
                            uptake.cancel();
                        })
                        .sync();
            }
        } finally {
            loops.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
        }
        return stalled;
    }
}
