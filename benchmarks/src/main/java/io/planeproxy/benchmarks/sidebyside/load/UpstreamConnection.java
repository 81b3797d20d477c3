package io.planeproxy.benchmarks.sidebyside.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.planeproxy.core.http.WebSocketAccept;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** HTTP/1.1 by the shortest way there is: it trusts whom it knows. An upgrade makes it an {@link Echo}. */
final class UpstreamConnection extends ChannelInboundHandlerAdapter {
    private static final ByteBuf END_OF_HEAD =
            Unpooled.unreleasableBuffer(Unpooled.copiedBuffer("\r\n\r\n", StandardCharsets.US_ASCII));
    private static final String LENGTH = "\r\ncontent-length: ";
    private static final String KEY = "\r\nsec-websocket-key: ";

    private final Upstream upstream;
    private ByteBuf inbound = Unpooled.EMPTY_BUFFER;
    private String path = "";
    private long bodyLeft;

    UpstreamConnection(Upstream upstream) {
        this.upstream = upstream;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        inbound = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(context.alloc(), inbound, (ByteBuf) message);
        while (inbound.isReadable() && progress(context)) {
            // As long as something moves.
        }
        if (!inbound.isReadable()) {
            dropInbound();
        }
    }

    private boolean progress(ChannelHandlerContext context) {
        return bodyLeft > 0 ? skipBody(context) : readHead(context);
    }

    private boolean skipBody(ChannelHandlerContext context) {
        int count = (int) Math.min(bodyLeft, inbound.readableBytes());
        inbound.skipBytes(count);
        bodyLeft -= count;
        if (bodyLeft == 0) {
            context.write(upstream.replyTo(path), context.voidPromise());
        }
        return true;
    }

    private boolean readHead(ChannelHandlerContext context) {
        int length = ByteBufUtil.indexOf(END_OF_HEAD, inbound);
        if (length < 0) {
            return false;
        }
        String head = inbound.toString(inbound.readerIndex(), length + 2, StandardCharsets.ISO_8859_1);
        inbound.skipBytes(length + END_OF_HEAD.readableBytes());
        int pathStart = head.indexOf(' ') + 1;
        path = head.substring(pathStart, head.indexOf(' ', pathStart));
        switch (path) {
            case Upstream.SOCKET -> {
                becomeEcho(context, head);
                return false;
            }
            case Upstream.UPLOAD -> bodyLeft = Long.parseLong(value(head, LENGTH));
            default -> context.write(upstream.replyTo(path), context.voidPromise());
        }
        return true;
    }

    private void becomeEcho(ChannelHandlerContext context, String head) {
        String accept = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Accept: " + WebSocketAccept.of(value(head, KEY)) + "\r\n\r\n";
        context.writeAndFlush(Unpooled.copiedBuffer(accept, StandardCharsets.US_ASCII), context.voidPromise());
        // Thousands of sockets must not each keep the buffer that their request came in.
        ByteBuf received = inbound.readSlice(inbound.readableBytes()).copy();
        dropInbound();
        context.pipeline().replace(this, null, new Echo(received));
    }

    private static String value(String head, String field) {
        int start = head.toLowerCase(Locale.ROOT).indexOf(field);
        if (start < 0) {
            throw new LoadFailure("the upstream was sent a request without " + field.strip() + "\n" + head);
        }
        int from = start + field.length();
        return head.substring(from, head.indexOf("\r\n", from)).strip();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        dropInbound();
    }

    private void dropInbound() {
        inbound.release();
        inbound = Unpooled.EMPTY_BUFFER;
    }

    /** A proxy that was told to end may break what it held. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable fault) {
        if (fault instanceof LoadFailure) {
            System.err.println(fault.getMessage());
        }
        context.close();
    }
}
