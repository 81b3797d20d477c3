package io.planeproxy.core.relay;

import io.netty.buffer.ByteBuf;
import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.forward.OutboundRequest;
import io.planeproxy.core.http.FieldBlock;
import io.planeproxy.core.http.ReplyHead;
import java.time.Duration;

/**
 * A borrowed upstream connection. All calls come on its event loop, which is the client's. It ends by {@link #discard},
 * by {@link #detach}, or by giving back the {@link Leg.InSync} that a whole exchange yields.
 */
public interface UpstreamStream extends Sink {

    /** @param replyTimeout how long the upstream may be silent while something is expected of it */
    void send(OutboundRequest request, Duration replyTimeout, Listener listener);

    /** Takes over the buffer. */
    void sendBody(ByteBuf data);

    void endBody();

    void resumeReply();

    void pauseReply();

    /** Closes the connection; its listener hears nothing more. */
    void discard();

    /** Hands over the connection with whatever came behind the 101. */
    TunnelEnd detach();

    /** In what state an exchange leaves the connection that it used. */
    sealed interface Leg {
        /** The connection stands exactly between two messages and may serve again. */
        non-sealed interface InSync extends Leg {
            void giveBack();
        }

        /** It may not. */
        record Spoiled() implements Leg {}
    }

    /** What an upstream's side tells. */
    interface Listener {
        void onInterim(ReplyHead head);

        void onSwitch(ReplyHead head);

        void onFinal(ReplyHead head);

        /** Takes over the buffer, which has at least one byte. */
        void onReply(ByteBuf data);

        void onReplyEnd(FieldBlock trailers, Leg leg);

        /** The connection was closed before a byte of the reply. */
        void onUpstreamClosed(Refusal refusal);

        /** The reply is malformed, late or cut. */
        void onReplyFailed(Refusal refusal);

        void onUpstreamWritable();

        /** A fault of our own, not told yet, after which the exchange can not go on. */
        void onFault(Throwable fault);
    }
}
