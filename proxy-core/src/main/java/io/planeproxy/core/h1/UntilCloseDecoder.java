package io.planeproxy.core.h1;

import io.netty.buffer.ByteBuf;

/** A reply's body that is everything until the connection closes (RFC 9112 §6.3, rule 8). */
final class UntilCloseDecoder implements BodyDecoder {
    @Override
    public Piece decode(ByteBuf in) {
        return in.isReadable() ? new Piece.Data(in.readRetainedSlice(in.readableBytes())) : Piece.NEED_MORE;
    }

    @Override
    public boolean mayEndByClose() {
        return true;
    }
}
