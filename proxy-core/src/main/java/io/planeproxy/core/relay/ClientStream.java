package io.planeproxy.core.relay;

import io.netty.buffer.ByteBuf;
import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.exchange.Answer;
import io.planeproxy.core.forward.ClientFacts;
import io.planeproxy.core.forward.OutboundReply;
import io.planeproxy.core.http.FieldBlock;

/**
 * The client's side of one exchange. All calls come on its event loop. Exactly one of {@link #endReply},
 * {@link #endReplyAndClose}, {@link #answer}, {@link #cut}, {@link #abandon} and {@link #detach} ends it; after that its
 * listener hears nothing more.
 */
public interface ClientStream extends Sink {
    ClientFacts facts();

    /** Lets the request body come; until the first call nothing of it does. */
    void resumeUpload();

    void pauseUpload();

    /** Tells a client that waits for leave to send its body that it may. */
    void sendContinue();

    void sendInterim(OutboundReply reply);

    void sendHead(OutboundReply reply);

    /** Takes over the buffer. */
    void sendBody(ByteBuf data);

    /** @param trailers what follows the body, where the framing can carry it */
    void endReply(FieldBlock trailers);

    /** Ends the reply for a client that is still sending its request, which can not be finished. */
    void endReplyAndClose(FieldBlock trailers);

    /** Answers in place of an upstream; nothing of a reply may have been sent. */
    void answer(Answer answer);

    /** Ends a reply that can not be completed, in such a way that the client sees that it is cut. */
    void cut();

    /** Lets go of a client that is gone, or waited for no longer. One that is still there sees that its reply is cut. */
    void abandon();

    /** Ends the connection for a fault of our own, which is told; the exchange hears that its client is lost. */
    void fault(Throwable fault);

    /** Sends the 101 and hands over the connection with whatever the client sent behind its request. */
    TunnelEnd detach(OutboundReply reply);

    /** What a client's side tells. */
    interface Listener {
        /** The stream is ready; may end it at once. */
        void start();

        /** Takes over the buffer, which has at least one byte. */
        void onUpload(ByteBuf data);

        void onUploadEnd();

        void onUploadFailed(Refusal refusal);

        /** The client is gone or does not take its reply. */
        void onClientLost(Refusal refusal);

        void onClientWritable();
    }
}
