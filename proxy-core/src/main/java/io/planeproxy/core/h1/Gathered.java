package io.planeproxy.core.h1;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** The data of the chunks that one read brought: a slice of it where it was one, a copy where they were many. */
final class Gathered {
    private @Nullable ByteBuf data;
    private boolean copied;

    boolean isEmpty() {
        return data == null;
    }

    void take(ByteBuf in, int count) {
        if (data == null) {
            data = in.readRetainedSlice(count);
            return;
        }
        if (!copied) {
            ByteBuf copy = in.alloc().buffer(data.readableBytes() + in.readableBytes());
            copy.writeBytes(data);
            data.release();
            data = copy;
            copied = true;
        }
        data.writeBytes(in, count);
    }

    /** What was gathered, unless the bytes behind it were bad. */
    BodyDecoder.Piece before(BodyDecoder.Piece piece) {
        ByteBuf gathered = data;
        if (gathered == null) {
            return piece;
        }
        if (piece instanceof BodyDecoder.Piece.Bad) {
            gathered.release();
            return piece;
        }
        return new BodyDecoder.Piece.Data(gathered);
    }
}
