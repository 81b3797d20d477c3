package io.planeproxy.core.h1;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.planeproxy.core.http.BodyLength;
import io.planeproxy.core.relay.TurnFlush;
import org.jspecify.annotations.Nullable;

/**
 * Where an HTTP connection is written to. A head waits for what little may follow it, until its message is whole or the event
 * loop's turn over, since one buffer costs the system, and TLS, less than two; all of it goes out in the order in which it came.
 */
final class Outlet {
    /** What is longer, in bytes, goes out as it is: to copy it would cost more than a second buffer. */
    static final int LITTLE = 1024;

    private final ChannelHandlerContext context;
    private final TurnFlush flush;
    private @Nullable ByteBuf head;

    Outlet(ChannelHandlerContext context) {
        this.context = context;
        this.flush = new TurnFlush(context.executor(), this::pass);
    }

    /** How much room, in bytes, a head needs for that body to go with it; none if it will not. */
    static int roomFor(BodyLength body) {
        return body instanceof BodyLength.Fixed(long bytes) && bytes <= LITTLE ? (int) bytes : 0;
    }

    /** @param written by us, so that it may be written on; taken over */
    void writeHead(ByteBuf written) {
        passHead();
        head = written;
        flush.want();
    }

    /** @param data taken over */
    void write(ByteBuf data) {
        int length = data.readableBytes();
        if (head != null && length <= LITTLE && length <= head.writableBytes()) {
            head.writeBytes(data);
            data.release();
        } else {
            passHead();
            context.write(data, context.voidPromise());
        }
        flush.want();
    }

    /** One chunk of a body (RFC 9112 §7.1). @param data at least one byte; taken over */
    void writeChunk(ByteBuf data) {
        write(HeadWriter.chunkStart(context.alloc(), data.readableBytes()));
        write(data);
        write(HeadWriter.CRLF.duplicate());
    }

    /** A message is whole: it goes out now, and not at the end of the turn. */
    void flush() {
        flush.now();
    }

    private void pass() {
        passHead();
        context.flush();
    }

    private void passHead() {
        if (head != null) {
            ByteBuf whole = head;
            head = null;
            context.write(whole, context.voidPromise());
        }
    }

    /** The connection takes nothing any more. */
    void drop() {
        if (head != null) {
            head.release();
            head = null;
        }
    }
}
