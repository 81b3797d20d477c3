package io.planeproxy.core.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.planeproxy.core.kit.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class OrderlyEpollTest {
    /** More than the kernel takes where nobody reads. */
    private static final int MUCH = 16 * 1024 * 1024;

    private static final int PIECE = 1024;

    private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
    private Loop loop;
    private ServerSocket server;

    /** Counts its turns, and what the kernel tells of its connections. */
    private static final class Loop extends SingleThreadIoEventLoop {
        private final AtomicLong turns = new AtomicLong();
        private final AtomicLong events = new AtomicLong();

        Loop() {
            super(null, Executors.defaultThreadFactory(), OrderlyEpoll.newFactory());
        }

        @Override
        protected int runIo() {
            int told = super.runIo();
            events.addAndGet(told);
            turns.incrementAndGet();
            return told;
        }
    }

    private sealed interface Heard {
        record Bytes(int count) implements Heard {}

        record TurnOver() implements Heard {}

        record End() implements Heard {}
    }

    @BeforeEach
    void listen() throws IOException {
        Assumptions.assumeTrue(Epoll.isAvailable(), "epoll is Linux's");
        loop = new Loop();
        server = new ServerSocket();
        server.setReceiveBufferSize(64 * 1024);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void whatAPeerThatHasHalfClosedTakesSlowlyArrivesWhole() throws Exception {
        byte[] all = new byte[MUCH];
        new Random(1).nextBytes(all);
        Channel channel = connected();
        try (Socket peer = server.accept()) {
            peer.shutdownOutput();
            channel.read();
            assertEquals(new Heard.TurnOver(), next());
            assertEquals(new Heard.End(), next());
            ChannelFuture written = channel.writeAndFlush(Unpooled.wrappedBuffer(all));
            // The write is done when the event loop comes to this, as far as it goes.
            assertFalse(channel.eventLoop().submit(channel::isWritable).get(), "the kernel takes less than that");
            written.addListener(done -> channel.close());
            assertArrayEquals(all, peer.getInputStream().readAllBytes());
            assertTrue(written.await().isSuccess());
        }
    }

    @Test
    void thatThePeerHasEndedIsNoReasonToReadMoreThanWasAskedFor() throws Exception {
        Channel channel = connected();
        try (Socket peer = server.accept()) {
            peer.getOutputStream().write(new byte[2 * PIECE]);
            peer.shutdownOutput();
            for (int i = 0; i < 2; i++) {
                channel.read();
                assertEquals(new Heard.Bytes(PIECE), next());
                assertEquals(new Heard.TurnOver(), next());
            }
            assertEquals(0, channel.eventLoop().submit(heard::size).get());
            channel.read();
            assertEquals(new Heard.TurnOver(), next());
            assertEquals(new Heard.End(), next());
            channel.close().sync();
        }
    }

    @Test
    void aConnectionThatBreaksWhileAWriteWaitsAndNobodyReadsIsToldOfOnce() throws Exception {
        Channel channel = connected();
        channel.config().setAutoClose(false);
        ChannelFuture written;
        try (Socket peer = server.accept()) {
            written = channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[MUCH]));
            assertFalse(channel.eventLoop().submit(channel::isWritable).get(), "the kernel takes less than that");
            peer.setSoLinger(true, 0);
        }
        assertTrue(written.await(Patience.LIMIT.toMillis()) && !written.isSuccess());
        long turns = loop.turns.get();
        long before = loop.events.get();
        while (loop.turns.get() < turns + 100) {
            loop.submit(() -> {}).get();
        }
        long events = loop.events.get() - before;
        // What has failed the write may be counted only now.
        assertTrue(events <= 2, events + " events of a connection that is at its end");
        channel.close().sync();
    }

    private Heard next() throws InterruptedException {
        Heard next = heard.poll(Patience.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        if (next == null) {
            throw new AssertionError("nothing heard after " + Patience.LIMIT);
        }
        return next;
    }

    private Channel connected() throws InterruptedException {
        return new Bootstrap()
                .group(loop)
                .channel(EpollSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(PIECE).maxMessagesPerRead(1))
                .handler(new Ear())
                .connect(server.getLocalSocketAddress())
                .sync()
                .channel();
    }

    private final class Ear extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            heard.add(new Heard.Bytes(bytes.readableBytes()));
            bytes.release();
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            heard.add(new Heard.TurnOver());
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof ChannelInputShutdownEvent) {
                heard.add(new Heard.End());
            }
        }
    }
}
