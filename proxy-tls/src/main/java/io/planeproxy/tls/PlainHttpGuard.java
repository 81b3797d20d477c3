package io.planeproxy.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslCompletionEvent;
import io.netty.util.ReferenceCountUtil;

/**
 * Looks at a connection's first byte, then goes. A TLS record starts with 22 (RFC 8446, section 5.1) and a request with
 * a letter: someone wrote http:// for https://, and a browser shows an answer where it would show a bare reset. What does
 * TLS goes as well then, and whoever stands behind it may answer.
 */
final class PlainHttpGuard extends ChannelInboundHandlerAdapter {
    private final ChannelHandler tls;
    private final Runnable plainHttp;

    /**
     * @param tls what stands behind this one
     * @param plainHttp told when a request has come, and TLS is out of its way
     */
    PlainHttpGuard(ChannelHandler tls, Runnable plainHttp) {
        this.tls = tls;
        this.plainHttp = plainHttp;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf bytes) || !bytes.isReadable()) {
            ctx.fireChannelRead(message);
            return;
        }
        if (isLetter(bytes.getByte(bytes.readerIndex()))) {
            ReferenceCountUtil.release(message);
            leaveWithTls(ctx.pipeline());
            plainHttp.run();
        } else {
            ctx.fireChannelRead(message);
            ctx.pipeline().remove(this);
        }
    }

    private void leaveWithTls(ChannelPipeline pipeline) {
        var discretion = new Discretion();
        pipeline.addAfter(pipeline.context(tls).name(), null, discretion);
        pipeline.remove(tls);
        pipeline.remove(discretion);
        pipeline.remove(this);
    }

    /** A handler that is taken out tells that its handshake has failed. It was none. */
    private static final class Discretion extends ChannelInboundHandlerAdapter {
        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (!(event instanceof SslCompletionEvent)) {
                ctx.fireUserEventTriggered(event);
            }
        }
    }

    private static boolean isLetter(byte first) {
        return first >= 'A' && first <= 'Z' || first >= 'a' && first <= 'z';
    }
}
