package io.planeproxy.core.h1;

import io.netty.buffer.ByteBuf;

/** A body of a length that was said beforehand (RFC 9112 §6.2). */
final class FixedDecoder implements BodyDecoder {
    private long left;

    FixedDecoder(long length) {
        this.left = length;
    }

    @Override
    public Piece decode(ByteBuf in) {
        if (left == 0) {
            return Piece.END;
        }
        if (!in.isReadable()) {
            return Piece.NEED_MORE;
        }
        int count = (int) Math.min(left, in.readableBytes());
        left -= count;
        return new Piece.Data(in.readRetainedSlice(count));
    }

    @Override
    public boolean mayEndByClose() {
        return false;
    }
}
