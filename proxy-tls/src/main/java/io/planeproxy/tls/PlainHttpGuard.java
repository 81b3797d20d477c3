package io.planeproxy.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;

/**
 * Looks at a connection's first byte, then goes. A TLS record starts with 22 (RFC 8446, section 5.1) and a request with
 * a letter: someone wrote http:// for https://, and a browser shows the answer where it would show a bare reset.
 */
@Sharable
final class PlainHttpGuard extends ChannelInboundHandlerAdapter {
    static final PlainHttpGuard INSTANCE = new PlainHttpGuard();

    private static final String BODY = "400 Bad Request: This port speaks HTTPS, and the request came as plain HTTP."
            + " Write https:// instead of http:// in the address.\n";
    /** With the fields of every refusal. Those that are configured are of https, and mean nothing here (RFC 6797, section 7.2). */
    private static final byte[] ANSWER = ("HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\n"
                    + "X-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\n"
                    + "Content-Length: " + BODY.length() + "\r\nConnection: close\r\n\r\n" + BODY)
            .getBytes(StandardCharsets.US_ASCII);

    private static final byte[] PLAIN_REQUEST = "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private PlainHttpGuard() {}

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof ByteBuf bytes) || !bytes.isReadable()) {
            ctx.fireChannelRead(message);
            return;
        }
        if (!isLetter(bytes.getByte(bytes.readerIndex()))) {
            ctx.fireChannelRead(message);
            ctx.pipeline().remove(this);
            return;
        }
        ReferenceCountUtil.release(message);
        ctx.writeAndFlush(Unpooled.wrappedBuffer(ANSWER));
        var tls = handlerBehind(ctx.pipeline());
        ctx.pipeline().addAfter(tls.name(), null, PlainHttpVerdict.INSTANCE);
        ctx.pipeline().addBefore(tls.name(), null, new LingeringClose());
        ctx.pipeline().remove(this);
    }

    private static ChannelHandlerContext handlerBehind(ChannelPipeline pipeline) {
        var sni = pipeline.context(SniChoice.class);
        return sni == null ? pipeline.context(SslHandler.class) : sni;
    }

    private static boolean isLetter(byte first) {
        return first >= 'A' && first <= 'Z' || first >= 'a' && first <= 'z';
    }

    /** A whole request, for the handler behind to fail by at once, however little has come so far. */
    static ByteBuf plainRequest() {
        return Unpooled.copiedBuffer(PLAIN_REQUEST);
    }
}
