package io.planeproxy.core.tunnel;

import io.netty.buffer.ByteBuf;
import io.planeproxy.core.relay.Closing;
import io.planeproxy.core.relay.FrameTotals;
import io.planeproxy.core.relay.TunnelFlow;
import java.util.Optional;

/**
 * Reads the frame headers of one direction of a WebSocket in passing (RFC 6455 §5.2). It copies nothing, changes nothing
 * and limits nothing: any reserved bit, opcode or extension passes. Of the payload it looks only at a close frame's code
 * and, where it is not masked, its reason. After a header that no frame can have it has no opinion any more.
 */
final class FrameObserver {
    private static final Boundary BOUNDARY = new Boundary();
    private static final byte[] NOTHING = {};
    private static final int LONGEST_HEADER = 14;
    private static final int LONGEST_CONTROL_PAYLOAD = 125;
    private static final int FINAL = 0x80;
    private static final int OPCODE = 0x0f;
    private static final int MASKED = 0x80;
    private static final int CONTROL = 0x08;

    private final Listener listener;
    private final FrameCounts counts = new FrameCounts();
    private final byte[] header = new byte[LONGEST_HEADER];
    /** Room for what a close frame says is made when there is one: there are many idle tunnels. */
    private byte[] closing = NOTHING;

    private int headerLength;
    private int closingLength;
    private long payloadLeft;
    private State state = State.HEADER;
    private boolean closed;

    FrameObserver(Listener listener) {
        this.listener = listener;
    }

    private enum State {
        HEADER,
        PAYLOAD,
        /** What comes is no WebSocket; it passes all the same. */
        BLIND
    }

    /** What the observer tells. Nothing may be done to the bytes. */
    interface Listener {
        /** A ping of this direction is complete. @param length of its payload */
        void pinged(int length);

        /** A pong of this direction is complete. @param length of its payload */
        void ponged(int length);

        /** The close frame of this direction is complete. */
        void closed(Closing closing);

        /** Told once. */
        void malformed(String seen);
    }

    /** What has passed so far. */
    FrameTotals totals() {
        return counts.totals();
    }

    void addTo(TrafficSum sum) {
        counts.addTo(sum);
    }

    TunnelFlow.Standing standing() {
        return switch (state) {
            case HEADER -> headerLength == 0 ? TunnelFlow.Standing.BETWEEN_FRAMES : TunnelFlow.Standing.WITHIN_A_FRAME;
            case PAYLOAD -> TunnelFlow.Standing.WITHIN_A_FRAME;
            case BLIND -> TunnelFlow.Standing.NOT_UNDERSTOOD;
        };
    }

    /**
     * The proof that a frame of ours may follow the bytes so far, where it may: they end exactly behind a frame, and none of
     * them was a close frame, which is the last of its direction (RFC 6455 §5.5.1).
     */
    Optional<Boundary> boundary() {
        return isBetweenFrames() && !closed ? Optional.of(BOUNDARY) : Optional.empty();
    }

    /** Held only by who has just been told that a frame of ours may follow in a direction. */
    static final class Boundary {
        private Boundary() {}
    }

    private boolean isBetweenFrames() {
        return state == State.HEADER && headerLength == 0;
    }

    /** Whether it still understands what passes. */
    boolean isBlind() {
        return state == State.BLIND;
    }

    /** Whether a close frame has passed. */
    boolean isClosed() {
        return closed;
    }

    /** Looks at all that is readable; the buffer's indices stay as they are. */
    void observe(ByteBuf data) {
        int at = data.readerIndex();
        int end = data.writerIndex();
        while (at < end && state != State.BLIND) {
            at = step(data, at, end);
        }
    }

    /**
     * Looks up to the end of the frame that is under way, or not at all where none is.
     *
     * @return how many bytes belong to it
     */
    int observeToBoundary(ByteBuf data) {
        int at = data.readerIndex();
        int end = data.writerIndex();
        while (at < end && !isBetweenFrames() && state != State.BLIND) {
            at = step(data, at, end);
        }
        return at - data.readerIndex();
    }

    /**
     * Looks at one frame, or as much of it as there is: the one under way, or the next.
     *
     * @param at where it goes on, below the end of the data
     * @return behind the frame, or the end of the data
     */
    int observeFrame(ByteBuf data, int at) {
        int next = at;
        int end = data.writerIndex();
        do {
            next = state == State.BLIND ? end : step(data, next, end);
        } while (next < end && !isBetweenFrames());
        return next;
    }

    private int step(ByteBuf data, int at, int end) {
        if (state == State.PAYLOAD) {
            return passPayload(data, at, end);
        }
        int next = headerLength == 0 ? passSmallFrame(data, at, end) : at;
        return next == at ? readHeader(data, at, end) : next;
    }

    /**
     * The way of most frames, and the quick one: a small frame that is all there is counted at once, so that a flood of the
     * smallest ones costs little.
     *
     * @return behind the frame, or where it was when it is not such a one
     */
    private int passSmallFrame(ByteBuf data, int at, int end) {
        if (end - at < 2) {
            return at;
        }
        int begin = data.getUnsignedShort(at);
        int length = begin & 0x7f;
        int behind = at + 2 + ((begin & MASKED) == 0 ? 0 : 4) + length;
        int opcode = begin >> 8 & OPCODE;
        boolean last = begin >> 8 >= FINAL;
        if (length > LONGEST_CONTROL_PAYLOAD
                || behind > end
                || opcode == Opcode.CLOSE
                || opcode > Opcode.CLOSE && !last) {
            return at;
        }
        counts.frame(opcode, length, last);
        tell(opcode, length);
        return behind;
    }

    private int readHeader(ByteBuf data, int at, int end) {
        int next = at;
        while (next < end && headerLength < wantedHeader()) {
            header[headerLength++] = data.getByte(next++);
        }
        if (headerLength >= 2 && headerLength == wantedHeader()) {
            begin();
        }
        return next;
    }

    /** How long the header is, as far as can be told from what has come of it. */
    private int wantedHeader() {
        if (headerLength < 2) {
            return 2;
        }
        int length = header[1] & 0x7f;
        int extended = length == 126 ? 2 : length == 127 ? 8 : 0;
        return 2 + extended + ((header[1] & MASKED) == 0 ? 0 : 4);
    }

    private void begin() {
        long length = payloadLength();
        boolean control = (header[0] & CONTROL) != 0;
        if (length < 0) {
            goBlind("a frame length with its highest bit set");
            return;
        }
        if (control && (length > LONGEST_CONTROL_PAYLOAD || (header[0] & FINAL) == 0)) {
            goBlind("a control frame of " + length + " bytes" + ((header[0] & FINAL) == 0 ? ", in fragments" : ""));
            return;
        }
        counts.frame(opcode(), length, (header[0] & FINAL) != 0);
        payloadLeft = length;
        closingLength = 0;
        state = State.PAYLOAD;
        if (length == 0) {
            end();
        }
    }

    private long payloadLength() {
        int length = header[1] & 0x7f;
        int bytes = length == 126 ? 2 : length == 127 ? 8 : 0;
        if (bytes == 0) {
            return length;
        }
        long extended = 0;
        for (int i = 0; i < bytes; i++) {
            extended = extended << 8 | header[2 + i] & 0xff;
        }
        return extended;
    }

    private int passPayload(ByteBuf data, int at, int end) {
        int count = (int) Math.min(payloadLeft, end - at);
        if (opcode() == Opcode.CLOSE) {
            closing = closing == NOTHING ? new byte[LONGEST_CONTROL_PAYLOAD] : closing;
            data.getBytes(at, closing, closingLength, count);
            closingLength += count;
        }
        payloadLeft -= count;
        if (payloadLeft == 0) {
            end();
        }
        return at + count;
    }

    private void end() {
        state = State.HEADER;
        int opcode = opcode();
        boolean masked = (header[1] & MASKED) != 0;
        int maskAt = wantedHeader() - 4;
        headerLength = 0;
        if (opcode == Opcode.CLOSE) {
            closed = true;
            listener.closed(
                    masked
                            ? ClosePayload.masked(closing, closingLength, header, maskAt)
                            : ClosePayload.plain(closing, closingLength));
        } else {
            tell(opcode, header[1] & 0x7f);
        }
    }

    private void tell(int opcode, int length) {
        if (opcode == Opcode.PING) {
            listener.pinged(length);
        } else if (opcode == Opcode.PONG) {
            listener.ponged(length);
        }
    }

    private int opcode() {
        return header[0] & OPCODE;
    }

    private void goBlind(String seen) {
        state = State.BLIND;
        listener.malformed(seen);
    }
}
