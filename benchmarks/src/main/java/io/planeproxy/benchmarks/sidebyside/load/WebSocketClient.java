package io.planeproxy.benchmarks.sidebyside.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A client of a WebSocket that has at most one frame under way. */
final class WebSocketClient extends ChannelInboundHandlerAdapter {
    private static final String REQUEST = "GET " + Upstream.SOCKET + " HTTP/1.1\r\nHost: localhost\r\n"
            + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

    private final Frame frame;
    private final Runnable opened;
    private final Consumer<String> failed;
    private final StringBuilder head = new StringBuilder();
    private @Nullable ChannelHandlerContext context;
    private @Nullable Round round;
    private boolean open;
    private int outstanding;
    private long sentAt;

    private record Round(long end, Latencies latencies, Runnable done) {}

    WebSocketClient(Frame frame, Runnable opened, Consumer<String> failed) {
        this.frame = frame;
        this.opened = opened;
        this.failed = failed;
    }

    @Override
    public void channelActive(ChannelHandlerContext active) {
        context = active;
        active.writeAndFlush(Unpooled.copiedBuffer(REQUEST, StandardCharsets.US_ASCII));
    }

    void echoUntil(long end, Latencies latencies, Runnable done) {
        round = new Round(end, latencies, done);
        send();
    }

    private void send() {
        if (context != null) {
            sentAt = System.nanoTime();
            outstanding = frame.echoed();
            context.writeAndFlush(frame.toWrite(), context.voidPromise());
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext from, Object message) {
        ByteBuf data = (ByteBuf) message;
        try {
            if (open) {
                take(data.readableBytes());
            } else {
                readHead(data.toString(StandardCharsets.ISO_8859_1));
            }
        } finally {
            data.release();
        }
    }

    private void readHead(String text) {
        head.append(text);
        if (head.indexOf("\r\n\r\n") < 0) {
            return;
        }
        if (head.indexOf("HTTP/1.1 101 ") == 0) {
            open = true;
            opened.run();
        } else {
            failed.accept("was not opened; instead of 101 came: " + head);
        }
    }

    private void take(int bytes) {
        outstanding -= bytes;
        if (outstanding > 0) {
            return;
        }
        if (outstanding < 0 || round == null) {
            failed.accept("got " + -outstanding + " bytes more than it had sent");
            return;
        }
        long now = System.nanoTime();
        if (now - round.end >= 0) {
            round.done.run();
            round = null;
            return;
        }
        round.latencies.add(now - sentAt);
        send();
    }

    @Override
    public void channelInactive(ChannelHandlerContext gone) {
        failed.accept("was closed by the proxy");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext at, Throwable fault) {
        failed.accept("broke: " + fault);
        at.close();
    }
}
