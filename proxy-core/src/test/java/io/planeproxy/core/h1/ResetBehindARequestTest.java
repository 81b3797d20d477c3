package io.planeproxy.core.h1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import io.planeproxy.core.forward.ClientFacts;
import io.planeproxy.core.forward.TrustedProxies;
import io.planeproxy.core.http.Scheme;
import io.planeproxy.core.kit.RecordingJournal;
import io.planeproxy.core.relay.Dispatcher;
import io.planeproxy.core.relay.Reception;
import io.planeproxy.core.relay.UpstreamSource;
import io.planeproxy.core.route.HttpsRedirect;
import io.planeproxy.core.route.Upstream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A client that is gone when its answer goes out: the write fails, and says so at once. */
final class ResetBehindARequestTest {
    private final RecordingJournal journal = new RecordingJournal();
    private final AtomicInteger over = new AtomicInteger();

    @Test
    void theConnectionIsOverAndStaysSo() {
        ClientConnection connection = new ClientConnection(
                Reception.of(
                        ClientFacts.of(InetAddress.ofLiteral("192.0.2.7"), Scheme.HTTP, 80, TrustedProxies.NONE),
                        new Dispatcher(
                                new HttpsRedirect(443, "plane.example"),
                                TrustedProxies.NONE,
                                new NoUpstreams(),
                                switched -> {
                                    throw new AssertionError("a tunnel");
                                },
                                journal)),
                ClientOptions.DEFAULT,
                journal);
        connection.whenOver(over::incrementAndGet);
        EmbeddedChannel channel = new EmbeddedChannel(new FailingWrites(), connection);
        channel.writeInbound(
                Unpooled.copiedBuffer("GET /x HTTP/1.1\r\nHost: plane.example\r\n\r\n", StandardCharsets.US_ASCII));
        assertEquals(1, over.get());
        assertFalse(channel.isOpen());
        assertEquals(-1, channel.runScheduledPendingTasks(), "a time limit for a connection that is over");
        channel.checkException();
        assertEquals(0, journal.bugs().size());
        channel.finishAndReleaseAll();
        assertEquals(1, over.get());
    }

    /** As Netty's transports do: a flush that fails is told while it is under way. */
    private static final class FailingWrites extends ChannelOutboundHandlerAdapter {
        private boolean written;

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            written = true;
            ReferenceCountUtil.release(message);
        }

        @Override
        public void flush(ChannelHandlerContext context) {
            if (written) {
                written = false;
                context.fireExceptionCaught(new IOException("Connection reset by peer"));
            }
        }
    }

    private static final class NoUpstreams implements UpstreamSource {
        @Override
        public Claim lease(Upstream upstream, Freshness freshness, Taker taker) {
            throw new AssertionError("a request that is answered here");
        }

        @Override
        public Claim hold(Upstream upstream, Stay stay, Taker taker) {
            throw new AssertionError("a request that is answered here");
        }
    }
}
