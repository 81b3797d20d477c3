package io.planeproxy.tls;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;

/** Behind a TLS handler that was given plain HTTP: names the cause, which the handler only knows as "not TLS". */
@Sharable
final class PlainHttpVerdict extends ChannelInboundHandlerAdapter {
    static final PlainHttpVerdict INSTANCE = new PlainHttpVerdict();
    static final String MESSAGE = "plain HTTP on a TLS port";

    private PlainHttpVerdict() {}

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        ctx.fireUserEventTriggered(
                event instanceof SslHandshakeCompletionEvent
                        ? new SslHandshakeCompletionEvent(new NotSslRecordException(MESSAGE))
                        : event);
    }
}
