package io.planeproxy.benchmarks.sidebyside.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Connections over TLS, each for one small request: a handshake is worth nothing before something has come through it, and a
 * client gets what it needs to resume only behind it.
 */
public final class Handshakes {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String REQUEST =
            "GET " + Upstream.SMALL + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: ?(\\d+)\r\n");

    private final LoadLoop loop;
    private final InetSocketAddress target;
    private final ClientTls tls;
    private final Latencies latencies = new Latencies();
    private final AtomicReference<@Nullable String> failure = new AtomicReference<>();

    private Handshakes(LoadLoop loop, InetSocketAddress target, ClientTls tls) {
        this.loop = loop;
        this.target = target;
        this.tls = tls;
    }

    /**
     * @param atOnce how many are under way at any moment
     * @throws LoadFailure where one gets no reply, or sessions that were offered are not resumed
     */
    public static Work run(LoadLoop loop, InetSocketAddress target, Sessions sessions, int atOnce, Duration time) {
        ClientTls tls = new ClientTls(sessions);
        Work work = new Handshakes(loop, target, tls).run(atOnce, time);
        long full = tls.fullHandshakes();
        if (sessions == Sessions.RESUMED && full > work.operations() / 10 + atOnce) {
            throw new LoadFailure(full + " of " + work.operations() + " handshakes were full; expected resumed ones");
        }
        return work;
    }

    private Work run(int atOnce, Duration time) {
        long begin = System.nanoTime();
        CountDownLatch done = new CountDownLatch(atOnce);
        for (int i = 0; i < atOnce; i++) {
            next(begin + time.toNanos(), done);
        }
        try {
            if (!done.await(time.plus(PATIENCE).toMillis(), TimeUnit.MILLISECONDS)) {
                throw new LoadFailure(done.getCount() + " connections got no whole reply");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        String how = failure.get();
        if (how != null) {
            throw new LoadFailure(how);
        }
        return Work.of(latencies, (System.nanoTime() - begin) / 1e9);
    }

    private void next(long end, CountDownLatch done) {
        if (System.nanoTime() - end >= 0 || failure.get() != null) {
            done.countDown();
            return;
        }
        loop.connect(
                target,
                channel -> channel.pipeline().addLast(tls.newHandler(channel), new OneRequest(() -> next(end, done))));
    }

    private final class OneRequest extends ChannelInboundHandlerAdapter {
        private final long began = System.nanoTime();
        private final Runnable over;
        private final StringBuilder reply = new StringBuilder();

        OneRequest(Runnable over) {
            this.over = over;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            context.writeAndFlush(Unpooled.copiedBuffer(REQUEST, StandardCharsets.US_ASCII));
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf data = (ByteBuf) message;
            reply.append(data.toString(StandardCharsets.ISO_8859_1));
            data.release();
            if (isWhole()) {
                context.close();
            }
        }

        private boolean isWhole() {
            int body = reply.indexOf("\r\n\r\n") + 4;
            Matcher length = LENGTH.matcher(reply);
            return body > 4 && length.find() && reply.length() >= body + Integer.parseInt(length.group(1));
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            if (isWhole() && reply.indexOf("HTTP/1.1 200 ") == 0) {
                latencies.add(System.nanoTime() - began);
            } else {
                failure.compareAndSet(null, "a connection ended with \"" + reply + "\" instead of a reply");
            }
            over.run();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable fault) {
            failure.compareAndSet(null, "a connection broke: " + fault);
            context.close();
        }
    }
}
