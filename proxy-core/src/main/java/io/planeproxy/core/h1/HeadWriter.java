package io.planeproxy.core.h1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.planeproxy.core.forward.OutboundReply;
import io.planeproxy.core.forward.OutboundRequest;
import io.planeproxy.core.http.BodyLength;
import io.planeproxy.core.http.FieldBlock;
import io.planeproxy.core.http.Intent;
import java.nio.charset.StandardCharsets;

/** Writes heads and chunk framing, always in canonical form. */
final class HeadWriter {
    static final ByteBuf CONTINUE = constant("HTTP/1.1 100 Continue\r\n\r\n");
    static final ByteBuf LAST_CHUNK = constant("0\r\n\r\n");
    static final ByteBuf CRLF = constant("\r\n");
    private static final int ROOM = 256;

    private HeadWriter() {}

    static ByteBuf request(ByteBufAllocator allocator, OutboundRequest request) {
        ByteBuf head = allocator.ioBuffer(
                request.fields().length() + request.target().raw().length() + ROOM);
        ascii(head, request.method().name());
        head.writeByte(' ');
        ascii(head, request.target().raw());
        ascii(head, " HTTP/1.1\r\n");
        fields(head, request.fields());
        switch (request.body()) {
            case BodyLength.None() -> {}
            case BodyLength.Fixed(long bytes) -> contentLength(head, bytes);
            case BodyLength.Chunked() -> ascii(head, "Transfer-Encoding: chunked\r\n");
            case BodyLength.UntilClose() -> throw new IllegalStateException("no request body ends by close");
        }
        if (request.intent() instanceof Intent.Upgrade upgrade) {
            ascii(head, "Connection: Upgrade\r\nUpgrade: ");
            ascii(head, upgrade.protocol());
            ascii(head, "\r\n");
        }
        ascii(head, "\r\n");
        return head;
    }

    static ByteBuf replyStart(ByteBufAllocator allocator, int status, String reason, FieldBlock fields) {
        return replyStart(allocator, status, reason, fields, 0);
    }

    /**
     * The status line and fields of a reply, to which framing fields and the empty line are added.
     *
     * @param more bytes of a body that may be written behind them
     */
    static ByteBuf replyStart(ByteBufAllocator allocator, int status, String reason, FieldBlock fields, int more) {
        ByteBuf head = allocator.ioBuffer(fields.length() + reason.length() + ROOM + more);
        ascii(head, "HTTP/1.1 ");
        decimal(head, status);
        head.writeByte(' ');
        head.writeCharSequence(reason, StandardCharsets.ISO_8859_1);
        ascii(head, "\r\n");
        fields(head, fields);
        return head;
    }

    static ByteBuf interim(ByteBufAllocator allocator, OutboundReply reply) {
        ByteBuf head = replyStart(allocator, reply.status(), reply.reason(), reply.fields());
        ascii(head, "\r\n");
        return head;
    }

    static void contentLength(ByteBuf head, long bytes) {
        ascii(head, "Content-Length: ");
        decimal(head, bytes);
        ascii(head, "\r\n");
    }

    static ByteBuf chunkStart(ByteBufAllocator allocator, int size) {
        ByteBuf line = allocator.ioBuffer(16);
        ascii(line, Integer.toHexString(size));
        ascii(line, "\r\n");
        return line;
    }

    static ByteBuf lastChunk(ByteBufAllocator allocator, FieldBlock trailers) {
        if (trailers.length() == 0) {
            return LAST_CHUNK.retainedDuplicate();
        }
        ByteBuf last = allocator.ioBuffer(trailers.length() + 8);
        ascii(last, "0\r\n");
        fields(last, trailers);
        ascii(last, "\r\n");
        return last;
    }

    static void ascii(ByteBuf to, String text) {
        ByteBufUtil.writeAscii(to, text);
    }

    private static void fields(ByteBuf to, FieldBlock fields) {
        fields.writeTo(to::writeBytes);
    }

    private static void decimal(ByteBuf to, long number) {
        ByteBufUtil.writeAscii(to, Long.toString(number));
    }

    private static ByteBuf constant(String text) {
        return Unpooled.unreleasableBuffer(Unpooled.directBuffer()
                .writeBytes(text.getBytes(StandardCharsets.US_ASCII))
                .asReadOnly());
    }
}
