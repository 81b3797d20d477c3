package io.planeproxy.core.tunnel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.planeproxy.core.relay.FrameTotals;
import io.planeproxy.core.relay.TunnelFlow;
import java.util.Optional;

/**
 * One direction of a WebSocket tunnel: what passes is observed. A frame of ours goes in behind the frame that is under way;
 * behind a close frame of ours, what still comes is only looked at.
 */
final class Passage {
    private final FrameObserver observer;
    private final PongSieve sieve;
    private State state = new State.Open();

    /** @param sieve what is kept out of this direction */
    Passage(FrameObserver observer, PongSieve sieve) {
        this.observer = observer;
        this.sieve = sieve;
    }

    /** How a frame of ours is made. */
    interface Frames {
        ByteBuf frame(FrameObserver.Boundary boundary, ByteBufAllocator allocator);
    }

    private sealed interface State {
        record Open() implements State {}

        /** A frame of ours follows as soon as the one under way is out, and then this. */
        record Waiting(Frames ours, State then) implements State {}

        /** A close frame is out, of ours or, before ours could be, of the side that this direction comes from. */
        record Closed() implements State {}
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

    /** What of the data goes on, with a frame of ours where it is time; takes over the buffer. */
    Optional<ByteBuf> pass(ByteBuf data, ByteBufAllocator allocator) {
        return switch (state) {
            case State.Open() -> readable(sieve.pass(data, observer, allocator));
            case State.Waiting waiting -> Optional.of(passToBoundary(waiting, data, allocator));
            case State.Closed() -> {
                ByteBuf all = sieve.withHeld(data, allocator);
                observer.observe(all);
                all.release();
                yield Optional.empty();
            }
        };
    }

    private static Optional<ByteBuf> readable(ByteBuf data) {
        if (data.isReadable()) {
            return Optional.of(data);
        }
        data.release();
        return Optional.empty();
    }

    private ByteBuf passToBoundary(State.Waiting waiting, ByteBuf data, ByteBufAllocator allocator) {
        if (observer.isBlind()) {
            return data;
        }
        ByteBuf before = data.readRetainedSlice(observer.observeToBoundary(data));
        Optional<ByteBuf> ours = insert(waiting.ours, waiting.then, allocator);
        Optional<ByteBuf> behind = data.isReadable() ? pass(data, allocator) : released(data);
        if (ours.isEmpty() && behind.isEmpty()) {
            return before;
        }
        var whole = allocator.compositeBuffer(3).addComponent(true, before);
        ours.ifPresent(frame -> whole.addComponent(true, frame));
        behind.ifPresent(rest -> whole.addComponent(true, rest));
        return whole;
    }

    private static Optional<ByteBuf> released(ByteBuf data) {
        data.release();
        return Optional.empty();
    }

    /** Lets one frame of ours in: now, where it is given back, or behind the frame that is under way. */
    Optional<ByteBuf> insert(Frames ours, ByteBufAllocator allocator) {
        return switch (state) {
            case State.Open open -> insert(ours, open, allocator);
            // One at a time.
            case State.Waiting waiting -> Optional.empty();
            case State.Closed() -> Optional.empty();
        };
    }

    /** Closes this direction: with a close frame now, or behind the frame that is under way. */
    Optional<ByteBuf> close(Frames closing, ByteBufAllocator allocator) {
        return switch (state) {
            case State.Open open -> insert(closing, new State.Closed(), allocator);
            case State.Waiting waiting -> insert(closing, new State.Closed(), allocator);
            case State.Closed() -> Optional.empty();
        };
    }

    private Optional<ByteBuf> insert(Frames ours, State then, ByteBufAllocator allocator) {
        Optional<FrameObserver.Boundary> boundary = observer.boundary();
        // None of ours follows a close frame.
        state = boundary.isPresent() || observer.isClosed() ? then : new State.Waiting(ours, then);
        return boundary.map(proof -> ours.frame(proof, allocator));
    }

    /** Lets go of what was held back, since nothing more comes. */
    Optional<ByteBuf> rest() {
        return readable(sieve.rest());
    }

    /** Whether what passes is not understood. */
    boolean isBlind() {
        return observer.isBlind();
    }

    /** Whether a close frame is out, or none of ours can ever be since the direction is not understood. */
    boolean isClosed() {
        return state instanceof State.Closed || observer.isBlind();
    }
}
