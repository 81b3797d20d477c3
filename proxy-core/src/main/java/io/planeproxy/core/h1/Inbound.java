package io.planeproxy.core.h1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.function.BooleanSupplier;

/** What has come on a connection and has not been taken yet. While nothing waits in it, it holds no memory. */
final class Inbound {
    private final BooleanSupplier step;
    private ByteBuf bytes = Unpooled.EMPTY_BUFFER;
    private boolean processing;

    /** @param step takes of the bytes what can be taken next, and tells whether anything has moved */
    Inbound(BooleanSupplier step) {
        this.step = step;
    }

    /** Takes the data over. What has been read goes: where something always waits, the memory of all that ever came would pile up. */
    void add(ByteBuf data, ByteBufAllocator allocator) {
        // Where a piece that was handed on still shares the memory, the cumulator begins another.
        if (bytes.refCnt() == 1) {
            bytes.discardSomeReadBytes();
        }
        bytes = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(allocator, bytes, data);
    }

    /** Takes step after step as long as something moves. A call from within a step only leaves work for the loop that is under way. */
    void process() {
        if (processing) {
            return;
        }
        processing = true;
        try {
            while (step.getAsBoolean()) {
                // As long as something moves.
            }
        } finally {
            processing = false;
        }
        if (isEmpty()) {
            drop();
        }
    }

    /** To be read from: what has been read is taken. Not to be kept. */
    ByteBuf bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return !bytes.isReadable();
    }

    /** In bytes. */
    int size() {
        return bytes.readableBytes();
    }

    void drop() {
        takeAll().release();
    }

    /** Hands all of it over. */
    ByteBuf takeAll() {
        ByteBuf all = bytes;
        bytes = Unpooled.EMPTY_BUFFER;
        return all;
    }
}
