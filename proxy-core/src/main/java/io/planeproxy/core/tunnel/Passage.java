package io.planeproxy.core.tunnel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.planeproxy.core.relay.FrameTotals;
import io.planeproxy.core.relay.TunnelFlow;
import java.util.Optional;

/**
 * One direction of a WebSocket tunnel: what passes is observed, and when the tunnel is to be closed by the proxy, the frame
 * that is under way is let out first, a close frame follows, and what comes behind it is only looked at.
 */
final class Passage {
    private final FrameObserver observer;
    private final Frames frames;
    private State state = State.OPEN;

    /** @param frames makes the close frame for the side that this direction leads to */
    Passage(FrameObserver observer, Frames frames) {
        this.observer = observer;
        this.frames = frames;
    }

    /** How a close frame is made. */
    interface Frames {
        ByteBuf closing(FrameObserver.Boundary boundary, ByteBufAllocator allocator);
    }

    private enum State {
        OPEN,
        /** To be closed as soon as the frame under way is out. */
        CLOSING,
        /** A close frame is out, of ours or, before ours could be, of the side that this direction comes from. */
        CLOSED
    }

    FrameTotals totals() {
        return observer.totals();
    }

    void addTo(TrafficSum sum) {
        observer.addTo(sum);
    }

    TunnelFlow.Standing standing() {
        return observer.standing();
    }

    /** What of the data goes on, with a close frame of ours behind it where it is time; takes over the buffer. */
    Optional<ByteBuf> pass(ByteBuf data, ByteBufAllocator allocator) {
        return switch (state) {
            case OPEN -> {
                observer.observe(data);
                yield Optional.of(data);
            }
            case CLOSING -> closing(data, allocator);
            case CLOSED -> {
                observer.observe(data);
                data.release();
                yield Optional.empty();
            }
        };
    }

    private Optional<ByteBuf> closing(ByteBuf data, ByteBufAllocator allocator) {
        int count = observer.observeToBoundary(data);
        ByteBuf rest = data.readRetainedSlice(count);
        Optional<ByteBuf> closing = close(allocator);
        observer.observe(data);
        data.release();
        return Optional.of(closing.map(frame ->
                        allocator.compositeBuffer(2).addComponent(true, rest).addComponent(true, frame))
                .<ByteBuf>map(whole -> whole)
                .orElse(rest));
    }

    /** Closes this direction: with a close frame now, or behind the frame that is under way. */
    Optional<ByteBuf> close(ByteBufAllocator allocator) {
        if (state == State.CLOSED) {
            return Optional.empty();
        }
        Optional<FrameObserver.Boundary> boundary = observer.boundary();
        state = boundary.isPresent() || observer.isClosed() ? State.CLOSED : State.CLOSING;
        return boundary.map(proof -> frames.closing(proof, allocator));
    }

    /** Whether what passes is not understood. */
    boolean isBlind() {
        return observer.isBlind();
    }

    /** Whether a close frame is out, or none of ours can ever be since the direction is not understood. */
    boolean isClosed() {
        return state == State.CLOSED || observer.isBlind();
    }
}
