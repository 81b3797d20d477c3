package io.planeproxy.core.tunnel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes the pongs that answer our own pings out of what comes from a client, since the upstream has not asked for them. Only
 * while one is due does it look; then a frame that may be one is held back until all of it is there, which is 14 bytes.
 */
final class PongSieve {
    private final OwnPings pings;
    private final Answered answered;
    private ByteBuf held = Unpooled.EMPTY_BUFFER;

    PongSieve(OwnPings pings, Answered answered) {
        this.pings = pings;
        this.answered = answered;
    }

    /** Hears of each pong that was taken out. */
    interface Answered {
        void answered();
    }

    /** Lets the observer look at the data, without the pongs to our pings; takes over the buffer and gives what goes on. */
    ByteBuf pass(ByteBuf data, FrameObserver observer, ByteBufAllocator allocator) {
        if (!pings.areUnanswered() && !held.isReadable()) {
            observer.observe(data);
            return data;
        }
        return sift(withHeld(data, allocator), observer, allocator);
    }

    private ByteBuf sift(ByteBuf data, FrameObserver observer, ByteBufAllocator allocator) {
        List<ByteBuf> passing = new ArrayList<>(0);
        int end = data.writerIndex();
        int at = data.readerIndex();
        int from = at;
        while (at < end) {
            switch (likeness(data, at, end, observer)) {
                case OTHER -> at = observer.observeFrame(data, at);
                case ANSWER -> {
                    passing.add(data.retainedSlice(from, at - from));
                    at += OwnPings.PONG_LENGTH;
                    from = at;
                    answered.answered();
                }
                case UNKNOWN -> {
                    passing.add(data.retainedSlice(from, at - from));
                    held = allocator.buffer(OwnPings.PONG_LENGTH).writeBytes(data, at, end - at);
                    at = end;
                    from = end;
                }
            }
        }
        if (passing.isEmpty()) {
            return data;
        }
        passing.add(data.retainedSlice(from, end - from));
        data.release();
        return allocator.compositeBuffer(passing.size()).addComponents(true, passing);
    }

    private OwnPings.Likeness likeness(ByteBuf data, int at, int end, FrameObserver observer) {
        boolean mayBegin = pings.areUnanswered() && observer.boundary().isPresent();
        return mayBegin ? pings.likeness(data, at, end) : OwnPings.Likeness.OTHER;
    }

    /** The data behind what was held back; takes over the buffer. */
    ByteBuf withHeld(ByteBuf data, ByteBufAllocator allocator) {
        if (!held.isReadable()) {
            return data;
        }
        ByteBuf before = held;
        held = Unpooled.EMPTY_BUFFER;
        return allocator.compositeBuffer(2).addComponents(true, before, data);
    }

    /** Lets go of what is held back. */
    ByteBuf rest() {
        ByteBuf rest = held;
        held = Unpooled.EMPTY_BUFFER;
        return rest;
    }
}
