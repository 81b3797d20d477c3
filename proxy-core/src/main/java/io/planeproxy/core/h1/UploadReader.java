package io.planeproxy.core.h1;

import io.netty.buffer.ByteBuf;
import io.planeproxy.core.cause.Cause;
import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.http.BodyLength;
import io.planeproxy.core.http.Malformed;
import io.planeproxy.core.relay.ClientStream;
import io.planeproxy.core.relay.Deadline;

/** The body of one request, read only while it is wanted, and within the limits of silence and rate. */
final class UploadReader {
    private final BodyDecoder decoder;
    private final ClientTimeouts timeouts;
    private final Pace pace;
    private final Deadline silence;
    private State state;

    private enum State {
        HELD,
        FLOWING,
        COMPLETE
    }

    /** @param silence set while the client is to send */
    UploadReader(BodyLength length, ClientOptions options, Deadline silence) {
        this.decoder = BodyDecoder.of(length, options.limits());
        this.timeouts = options.timeouts();
        this.pace = new Pace(timeouts.bodyLeastRate(), timeouts.bodyIdle());
        this.silence = silence;
        this.state = length.isEmpty() ? State.COMPLETE : State.HELD;
    }

    boolean isHeld() {
        return state == State.HELD;
    }

    boolean isFlowing() {
        return state == State.FLOWING;
    }

    boolean isComplete() {
        return state == State.COMPLETE;
    }

    /** Of one that is held. */
    void resume() {
        state = State.FLOWING;
        pace.ready(System.nanoTime());
        silence.set(timeouts.bodyIdle());
    }

    /** Of one that flows. */
    void pause() {
        state = State.HELD;
        pace.held(System.nanoTime());
        silence.lift();
    }

    /** Tells of the next piece. @return whether there was one */
    boolean read(ByteBuf in, ClientStream.Listener listener) {
        return switch (decoder.decode(in)) {
            case BodyDecoder.Piece.Data(ByteBuf data) -> {
                silence.set(timeouts.bodyIdle());
                pass(data, listener);
                yield true;
            }
            case BodyDecoder.Piece.End end -> {
                state = State.COMPLETE;
                silence.lift();
                listener.onUploadEnd();
                yield true;
            }
            case BodyDecoder.Piece.Bad(Malformed malformed) -> {
                listener.onUploadFailed(new Refusal(malformed.cause(), malformed.seen()));
                yield true;
            }
            case BodyDecoder.Piece.NeedMore() -> false;
        };
    }

    private void pass(ByteBuf data, ClientStream.Listener listener) {
        if (pace.isTooSlow(data.readableBytes(), System.nanoTime())) {
            data.release();
            listener.onUploadFailed(
                    new Refusal(Cause.BODY_TIMEOUT, "slower than " + timeouts.bodyLeastRate() + " bytes a second"));
        } else {
            listener.onUpload(data);
        }
    }
}
