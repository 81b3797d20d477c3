package io.planeproxy.core.h1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import io.planeproxy.core.kit.RecordingJournal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A client that is gone when its answer goes out: the write fails, and says so at once. */
final class ResetBehindARequestTest {
    private final RecordingJournal journal = new RecordingJournal();
    private final AtomicInteger over = new AtomicInteger();

    @Test
    void theConnectionIsOverAndStaysSo() {
        ClientConnection connection =
                new ClientConnection(Redirecting.reception(journal), ClientOptions.DEFAULT, journal);
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
}
