package io.planeproxy.core.h1;

import io.netty.buffer.ByteBuf;
import io.planeproxy.core.http.BodyLength;
import io.planeproxy.core.http.FieldBlock;
import io.planeproxy.core.http.Malformed;

/** Takes one message's body out of a connection's bytes, and never a byte more. */
sealed interface BodyDecoder permits BodyDecoder.Empty, FixedDecoder, ChunkedDecoder, UntilCloseDecoder {

    /** The next piece of the body; called until it says that it needs more or is over. */
    Piece decode(ByteBuf in);

    /** Whether the body is over if the connection is closed now. */
    boolean mayEndByClose();

    /** What a look at the bytes yields. */
    sealed interface Piece {
        Piece NEED_MORE = new NeedMore();
        Piece END = new End(FieldBlock.EMPTY);

        /** At least one byte of the body; the taker releases it. */
        record Data(ByteBuf data) implements Piece {}

        record NeedMore() implements Piece {}

        /** The body is whole. @param trailers those that may be relayed */
        record End(FieldBlock trailers) implements Piece {}

        record Bad(Malformed malformed) implements Piece {}
    }

    static BodyDecoder of(BodyLength length, HeadLimits limits) {
        return switch (length) {
            case BodyLength.None() -> Empty.EMPTY;
            case BodyLength.Fixed(long bytes) -> bytes == 0 ? Empty.EMPTY : new FixedDecoder(bytes);
            case BodyLength.Chunked() -> new ChunkedDecoder(limits);
            case BodyLength.UntilClose() -> new UntilCloseDecoder();
        };
    }

    /** No body: over before it begins. */
    final class Empty implements BodyDecoder {
        static final Empty EMPTY = new Empty();

        private Empty() {}

        @Override
        public Piece decode(ByteBuf in) {
            return Piece.END;
        }

        @Override
        public boolean mayEndByClose() {
            return false;
        }
    }
}
