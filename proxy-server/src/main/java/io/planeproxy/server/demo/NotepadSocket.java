package io.planeproxy.server.demo;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One window's WebSocket: passes edits to the notepad, and pings as Plane's live does. */
final class NotepadSocket extends SimpleChannelInboundHandler<WebSocketFrame> {
    private static final int PING_EVERY_SECONDS = 30;
    private static final Logger LOG = LoggerFactory.getLogger(NotepadSocket.class);

    private final Notepad notepad;
    private Optional<ChannelHandlerContext> context = Optional.empty();
    private Optional<Future<?>> pings = Optional.empty();
    private Heard heard = Heard.PONG;

    /** What came after the last ping. */
    private enum Heard {
        NOTHING,
        PONG
    }

    NotepadSocket(Notepad notepad) {
        this.notepad = notepad;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = Optional.of(ctx);
    }

    /** The 101 is out: the window takes part from now on. */
    void opened() {
        context.filter(ctx -> ctx.channel().isActive()).ifPresent(ctx -> {
            notepad.join(ctx.channel());
            pings = Optional.of(ctx.executor()
                    .scheduleAtFixedRate(() -> ping(ctx), PING_EVERY_SECONDS, PING_EVERY_SECONDS, TimeUnit.SECONDS));
        });
    }

    private void ping(ChannelHandlerContext ctx) {
        switch (heard) {
            case NOTHING -> ctx.close();
            case PONG -> {
                heard = Heard.NOTHING;
                ctx.writeAndFlush(new PingWebSocketFrame());
            }
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
        switch (frame) {
            case TextWebSocketFrame text ->
                NotepadMessages.wanted(text.text())
                        .ifPresentOrElse(
                                wanted -> notepad.edit(ctx.channel(), wanted),
                                () -> close(ctx, WebSocketCloseStatus.INVALID_PAYLOAD_DATA));
            case PingWebSocketFrame ping ->
                ctx.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
            case PongWebSocketFrame _ -> heard = Heard.PONG;
            case CloseWebSocketFrame close ->
                ctx.writeAndFlush(close.retain()).addListener(ChannelFutureListener.CLOSE);
            // Frames are no sealed type: what is left is binary, which no page of ours sends.
            case WebSocketFrame _ -> close(ctx, WebSocketCloseStatus.INVALID_MESSAGE_TYPE);
        }
    }

    private static void close(ChannelHandlerContext ctx, WebSocketCloseStatus why) {
        ctx.writeAndFlush(new CloseWebSocketFrame(why)).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        pings.ifPresent(task -> task.cancel(false));
        notepad.leave(ctx.channel());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("A window of the demo was closed: {}", cause.getMessage());
        ctx.close();
    }
}
