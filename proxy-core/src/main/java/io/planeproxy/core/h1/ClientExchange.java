package io.planeproxy.core.h1;

import io.netty.buffer.ByteBuf;
import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.exchange.Answer;
import io.planeproxy.core.forward.ClientFacts;
import io.planeproxy.core.forward.OutboundReply;
import io.planeproxy.core.http.FieldBlock;
import io.planeproxy.core.http.HttpVersion;
import io.planeproxy.core.http.RequestHead;
import io.planeproxy.core.relay.ClientStream;
import io.planeproxy.core.relay.Dispatcher;
import io.planeproxy.core.relay.TunnelEnd;
import org.jspecify.annotations.Nullable;

/** One request on a client's connection, and what it is answered. It frames; what becomes of the connection then is the connection's. */
final class ClientExchange implements ClientStream {
    private final ClientConnection connection;
    private final ReplyWriter writer;
    private final RequestHead head;
    private final ClientFacts facts;
    private final UploadReader upload;

    private boolean continueIsDue = true;
    private @Nullable Listener listener;

    ClientExchange(
            ClientConnection connection, ReplyWriter writer, RequestHead head, ClientFacts facts, UploadReader upload) {
        this.connection = connection;
        this.writer = writer;
        this.head = head;
        this.facts = facts;
        this.upload = upload;
    }

    // What the connection tells

    void begin(Dispatcher dispatcher) {
        Listener served = dispatcher.open(head, this);
        listener = served;
        served.start();
    }

    boolean wantsBody() {
        return upload.isFlowing();
    }

    /** Takes of the body what there is, if it is wanted. @return whether anything has moved */
    boolean take(ByteBuf in) {
        return upload.isFlowing() && upload.read(in, listener());
    }

    void bodyFailed(Refusal refusal) {
        listener().onUploadFailed(refusal);
    }

    void clientWritable() {
        listener().onClientWritable();
    }

    /** Also of one that is still being opened, and then nobody needs to know. */
    void clientLost(Refusal refusal) {
        if (listener != null) {
            listener.onClientLost(refusal);
        }
    }

    private Listener listener() {
        if (listener == null) {
            throw new IllegalStateException("the exchange has not been started");
        }
        return listener;
    }

    // What is asked of it

    @Override
    public ClientFacts facts() {
        return facts;
    }

    @Override
    public boolean isWritable() {
        return connection.isWritable();
    }

    @Override
    public void resumeUpload() {
        if (connection.serves(this) && upload.isHeld()) {
            upload.resume();
            connection.goOn();
        }
    }

    @Override
    public void pauseUpload() {
        requireOngoing();
        if (upload.isFlowing()) {
            upload.pause();
        }
    }

    @Override
    public void sendContinue() {
        requireOngoing();
        // A client that has begun to send its body is not waiting (RFC 9110 §10.1.1).
        if (continueIsDue && !connection.hasReceived()) {
            writer.sendContinue();
        }
        continueIsDue = false;
    }

    @Override
    public void sendInterim(OutboundReply reply) {
        requireOngoing();
        switch (head.version()) {
            case HTTP_1_1 -> writer.sendInterim(reply);
            // RFC 9110 §15.2: an HTTP/1.0 client knows no interim replies.
            case HTTP_1_0 -> {}
        }
    }

    @Override
    public void sendHead(OutboundReply reply) {
        requireOngoing();
        HttpVersion version = head.version();
        // What is left of an upload is not read behind the reply: who is told so may stop, and sends nothing else here
        // (RFC 9112 §9.3, §9.6).
        if (ReplyWriter.framing(reply, version) == ReplyWriter.Framing.CLOSE_DELIMITED || !upload.isComplete()) {
            connection.closeAfterwards();
        }
        writer.sendHead(reply, version, connection.line(version));
    }

    @Override
    public void sendBody(ByteBuf data) {
        if (!connection.serves(this)) {
            data.release();
        }
        requireOngoing();
        writer.sendBody(data);
    }

    @Override
    public void endReply(FieldBlock trailers) {
        requireOngoing();
        writer.end(trailers);
        connection.finish();
    }

    @Override
    public void endReplyAndClose(FieldBlock trailers) {
        requireOngoing();
        writer.end(trailers);
        connection.linger();
    }

    @Override
    public void answer(Answer answer) {
        requireOngoing();
        // What is left of a body that nobody reads would be taken for the next request.
        if (answer.after() == Answer.After.CLOSE || !upload.isComplete()) {
            connection.closeAfterwards();
        }
        writer.answer(answer, head.method(), connection.line(head.version()));
        connection.finish();
    }

    @Override
    public void cut() {
        connection.cut();
    }

    @Override
    public void abandon() {
        connection.cut();
    }

    @Override
    public void fault(Throwable fault) {
        connection.fault(fault);
    }

    @Override
    public TunnelEnd detach(OutboundReply reply) {
        requireOngoing();
        writer.sendSwitch(reply);
        return connection.handOver();
    }

    /** Whatever is written once it is over would go into another's reply. */
    private void requireOngoing() {
        if (!connection.serves(this)) {
            throw new IllegalStateException("the exchange is over");
        }
    }
}
