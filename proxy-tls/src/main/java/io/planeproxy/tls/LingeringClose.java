package io.planeproxy.tls;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * After a last answer: lets the TLS handler behind it fail, and closes so that the answer is seen. What the client still
 * sends is read and dropped, since closing over unread bytes would reset the connection and with it the answer
 * (RFC 9112, section 9.6).
 */
final class LingeringClose extends ChannelDuplexHandler {
    private static final int SECONDS = 2;

    private boolean closing;

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        ctx.fireChannelRead(PlainHttpGuard.plainRequest());
        ctx.fireChannelReadComplete();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ReferenceCountUtil.release(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.read();
    }

    /** An alert behind the answer would only be noise on the client's screen. */
    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        ReferenceCountUtil.release(message);
        promise.trySuccess();
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        ctx.channel().closeFuture().addListener(closed -> promise.trySuccess());
        if (closing) {
            return;
        }
        closing = true;
        if (ctx.channel() instanceof DuplexChannel duplex) {
            // Behind the answer, which the system may not have taken yet.
            ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> duplex.shutdownOutput());
            var alarm = ctx.executor().schedule(() -> ctx.close(), SECONDS, TimeUnit.SECONDS);
            ctx.channel().closeFuture().addListener(closed -> alarm.cancel(false));
            ctx.read();
        } else {
            ctx.close();
        }
    }

    /** Half-closure is allowed on the channel, so its end does not close it by itself. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            ctx.close();
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }
}
