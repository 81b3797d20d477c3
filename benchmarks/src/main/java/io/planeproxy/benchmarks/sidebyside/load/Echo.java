package io.planeproxy.benchmarks.sidebyside.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;

/**
 * Sends each frame of a WebSocket back, as a server does: not masked (RFC 6455 §5.1). Clients here mask with a key of zeros, so
 * that the payload stays as it is, and its new header is written over the end of the old one.
 */
final class Echo extends ChannelInboundHandlerAdapter {
    private static final int MASKED = 0x80;
    private static final int IN_TWO_BYTES = 126;
    private static final int SHORT_HEADER = 2;
    private static final int LONG_HEADER = 4;
    private static final int MASKING_KEY = 4;

    private ByteBuf inbound;

    Echo(ByteBuf received) {
        inbound = received;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        inbound = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(context.alloc(), inbound, (ByteBuf) message);
        while (inbound.readableBytes() >= SHORT_HEADER && sendBack(context)) {
            // As long as there is a whole frame.
        }
        if (!inbound.isReadable()) {
            inbound.release();
            inbound = Unpooled.EMPTY_BUFFER;
        }
    }

    private boolean sendBack(ChannelHandlerContext context) {
        int start = inbound.readerIndex();
        int length = inbound.getByte(start + 1) & ~MASKED & 0xff;
        int header = length == IN_TWO_BYTES ? LONG_HEADER : SHORT_HEADER;
        if (inbound.readableBytes() < header + MASKING_KEY) {
            return false;
        }
        int payload = length == IN_TWO_BYTES ? inbound.getUnsignedShort(start + 2) : length;
        if (inbound.readableBytes() < header + MASKING_KEY + payload) {
            return false;
        }
        int newStart = start + MASKING_KEY;
        for (int i = header - 1; i >= 0; i--) {
            inbound.setByte(newStart + i, inbound.getByte(start + i));
        }
        inbound.setByte(newStart + 1, length);
        context.write(inbound.retainedSlice(newStart, header + payload), context.voidPromise());
        inbound.skipBytes(header + MASKING_KEY + payload);
        return true;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        inbound.release();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable fault) {
        context.close();
    }
}
