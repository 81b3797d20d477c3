package io.planeproxy.core.h1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.planeproxy.core.cause.Cause;
import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.exchange.Answer;
import io.planeproxy.core.forward.ClientFacts;
import io.planeproxy.core.forward.OutboundReply;
import io.planeproxy.core.http.FieldBlock;
import io.planeproxy.core.http.HttpVersion;
import io.planeproxy.core.http.Malformed;
import io.planeproxy.core.http.Method;
import io.planeproxy.core.http.RequestHead;
import io.planeproxy.core.relay.Callbacks;
import io.planeproxy.core.relay.ClientStream;
import io.planeproxy.core.relay.Deadline;
import io.planeproxy.core.relay.HalfClose;
import io.planeproxy.core.relay.Journal;
import io.planeproxy.core.relay.Reception;
import io.planeproxy.core.relay.TunnelEnd;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A client's HTTP/1.1 connection: reads one request after another, gives each to the dispatcher, and is the
 * {@link ClientStream} of the one that is under way. A pipelined request waits in the buffer, which is bounded, until the
 * one before it is over. Bytes are read only as they are wanted.
 */
public final class ClientConnection extends ChannelInboundHandlerAdapter implements ClientStream {
    /** How much is read beyond what is wanted now, so that a client that leaves is noticed. */
    private static final int READ_AHEAD = 16 * 1024;

    private static final Duration FIRST_REQUEST_OF_LATECOMER = Duration.ofSeconds(5);

    private final Reception reception;
    private final ClientOptions options;
    private final Journal journal;
    private final HeadScanner scanner;

    private ClientFacts facts;
    private @Nullable Wire wire;
    private Phase phase = Phase.HEAD;
    private ByteBuf inbound = Unpooled.EMPTY_BUFFER;
    private @Nullable Current current;
    private Persistence persistence = Persistence.KEEP;
    private int requests;
    private boolean processing;
    private long lingeringUntil;
    private Runnable whenOver = () -> {};

    public ClientConnection(Reception reception, ClientOptions options, Journal journal) {
        this.reception = reception;
        this.facts = reception.facts();
        this.options = options;
        this.journal = journal;
        this.scanner = new HeadScanner(HeadScanner.Kind.REQUEST, options.limits());
    }

    private enum Phase {
        /** Between requests, or in the middle of a head. */
        HEAD,
        EXCHANGE,
        /** The last answer is out; what still comes is read and dropped so that the client can read it. */
        LINGERING,
        /** Closed, or handed over. */
        OVER
    }

    private enum Persistence {
        KEEP,
        CLOSE
    }

    /** What exists only once the connection is open. */
    private record Wire(
            ChannelHandlerContext context,
            Callbacks callbacks,
            Outlet outlet,
            ReplyWriter writer,
            Deadline reading,
            Deadline writing) {}

    /** What exists only while an exchange is under way. */
    private static final class Current {
        final RequestHead head;
        final BodyDecoder decoder;
        final Pace pace;
        Upload upload;
        boolean continueIsDue;
        ClientStream.@Nullable Listener listener;

        Current(RequestHead head, BodyDecoder decoder, Pace pace) {
            this.head = head;
            this.decoder = decoder;
            this.pace = pace;
            this.upload = head.body().isEmpty() ? Upload.COMPLETE : Upload.HELD;
            this.continueIsDue = true;
        }
    }

    private enum Upload {
        HELD,
        FLOWING,
        COMPLETE
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        Outlet outlet = new Outlet(context);
        Callbacks callbacks = new Callbacks(context.channel().eventLoop(), this::fault);
        wire = new Wire(
                context,
                callbacks,
                outlet,
                new ReplyWriter(context, outlet),
                new Deadline(callbacks, this::readingTookTooLong),
                new Deadline(callbacks, this::writingStalled));
        if (context.channel().isActive()) {
            begin();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        // One that was refused as soon as it was accepted has begun, and is on its way out.
        if (phase == Phase.HEAD) {
            begin();
        }
        context.fireChannelActive();
    }

    private void begin() {
        wire().reading
                .set(
                        switch (persistence) {
                            case KEEP -> options.timeouts().keepAlive();
                            case CLOSE -> FIRST_REQUEST_OF_LATECOMER;
                        });
        readIfWanted();
    }

    /** @param told once, when the connection is closed or has become a tunnel's */
    public void whenOver(Runnable told) {
        whenOver = told;
    }

    /**
     * Stops after the exchange that is under way, or at once where none is. A client that has just come has its first request
     * served: it cannot know that it came to one who is about to leave.
     */
    public void drain() {
        persistence = Persistence.CLOSE;
        if (isIdle() && requests == 0) {
            wire().reading.set(FIRST_REQUEST_OF_LATECOMER);
        } else if (isIdle()) {
            // The reply before may still be on its way out.
            wire().outlet.flush();
            wire().callbacks.when(wire().context.writeAndFlush(Unpooled.EMPTY_BUFFER), () -> {
                if (isIdle()) {
                    close();
                }
            });
        }
    }

    /** Stops now, whatever is under way. */
    public void stop() {
        if (phase == Phase.EXCHANGE) {
            listenerLost(new Refusal(Cause.SHUTDOWN, "the deadline for what was under way is over"));
        }
        close();
    }

    private boolean isIdle() {
        return phase == Phase.HEAD && !inbound.isReadable();
    }

    // Reading

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf data = (ByteBuf) message;
        switch (phase) {
            case HEAD, EXCHANGE -> {
                inbound = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(context.alloc(), inbound, data);
                process();
            }
            case LINGERING -> {
                data.release();
                if (System.nanoTime() - lingeringUntil < 0) {
                    wire().reading.set(options.timeouts().lingerIdle());
                }
            }
            case OVER -> data.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        readIfWanted();
    }

    private void readIfWanted() {
        boolean wanted = switch (phase) {
            case HEAD -> isWritable() || inbound.readableBytes() < READ_AHEAD;
            case EXCHANGE -> current().upload == Upload.FLOWING || inbound.readableBytes() < READ_AHEAD;
            case LINGERING -> true;
            case OVER -> false;
        };
        if (wanted) {
            wire().context.read();
        }
    }

    /** Takes from the buffer what can be taken now. Calls from within itself only leave work for its loop. */
    private void process() {
        if (processing) {
            return;
        }
        processing = true;
        try {
            while (progress()) {
                // As long as something moves.
            }
        } finally {
            processing = false;
        }
        if (!inbound.isReadable()) {
            inbound.release();
            inbound = Unpooled.EMPTY_BUFFER;
        }
    }

    private boolean progress() {
        return switch (phase) {
            // Who does not take the replies to what it has asked gets no further question in.
            case HEAD -> isWritable() && inbound.isReadable() && readHead();
            case EXCHANGE -> readUpload(current());
            case LINGERING, OVER -> false;
        };
    }

    private boolean readHead() {
        boolean fresh = scanner.isFresh();
        return switch (scanner.scan(inbound)) {
            case HeadScanner.Scan.Partial() -> {
                if (fresh) {
                    wire().reading.set(options.timeouts().head());
                }
                yield false;
            }
            case HeadScanner.Scan.Refused(Malformed malformed) -> {
                refuse(malformed);
                yield false;
            }
            case HeadScanner.Scan.Whole(byte[] octets) -> {
                wire().reading.lift();
                switch (RequestHead.parse(octets, facts.scheme())) {
                    case Malformed malformed -> refuse(malformed);
                    case RequestHead head -> begin(head);
                }
                yield true;
            }
        };
    }

    private void refuse(Malformed malformed) {
        refuse(new Refusal(malformed.cause(), malformed.seen()));
    }

    /** Answers with that refusal instead of serving, and closes; while no exchange is under way. */
    public void refuse(Refusal refusal) {
        journal.requestRefused(facts, refusal);
        persistence = Persistence.CLOSE;
        wire().writer.answer(reception.dispatcher().refusal(refusal), Method.GET, "Connection: close\r\n");
        linger();
    }

    private void begin(RequestHead head) {
        requests++;
        facts = reception.facts();
        if (requests >= options.requestsPerConnection()
                || !head.connection().persists(head.version())
                || reception.isOutdated()) {
            persistence = Persistence.CLOSE;
        }
        Current exchange = new Current(
                head,
                BodyDecoder.of(head.body(), options.limits()),
                new Pace(options.timeouts().bodyLeastRate(), options.timeouts().bodyIdle()));
        current = exchange;
        phase = Phase.EXCHANGE;
        ClientStream.Listener listener = reception.dispatcher().open(head, this);
        exchange.listener = listener;
        listener.start();
    }

    private boolean readUpload(Current exchange) {
        if (exchange.upload != Upload.FLOWING) {
            return false;
        }
        return switch (exchange.decoder.decode(inbound)) {
            case BodyDecoder.Piece.Data(ByteBuf data) -> {
                wire().reading.set(options.timeouts().bodyIdle());
                if (exchange.pace.isTooSlow(data.readableBytes(), System.nanoTime())) {
                    data.release();
                    listener(exchange)
                            .onUploadFailed(new Refusal(
                                    Cause.BODY_TIMEOUT,
                                    "slower than " + options.timeouts().bodyLeastRate() + " bytes a second"));
                } else {
                    listener(exchange).onUpload(data);
                }
                yield true;
            }
            case BodyDecoder.Piece.End end -> {
                exchange.upload = Upload.COMPLETE;
                wire().reading.lift();
                listener(exchange).onUploadEnd();
                yield true;
            }
            case BodyDecoder.Piece.Bad(Malformed malformed) -> {
                listener(exchange).onUploadFailed(new Refusal(malformed.cause(), malformed.seen()));
                yield true;
            }
            case BodyDecoder.Piece.NeedMore() -> false;
        };
    }

    // What the exchange asks for

    @Override
    public ClientFacts facts() {
        return facts;
    }

    @Override
    public boolean isWritable() {
        return wire().context.channel().isWritable();
    }

    @Override
    public void resumeUpload() {
        if (phase == Phase.EXCHANGE && current().upload == Upload.HELD) {
            current().upload = Upload.FLOWING;
            current().pace.ready(System.nanoTime());
            wire().reading.set(options.timeouts().bodyIdle());
            process();
            readIfWanted();
        }
    }

    @Override
    public void pauseUpload() {
        if (current().upload == Upload.FLOWING) {
            current().upload = Upload.HELD;
            current().pace.held(System.nanoTime());
            wire().reading.lift();
        }
    }

    @Override
    public void sendContinue() {
        // A client that has begun to send its body is not waiting (RFC 9110 §10.1.1).
        if (current().continueIsDue && !inbound.isReadable()) {
            wire().writer.sendContinue();
        }
        current().continueIsDue = false;
    }

    @Override
    public void sendInterim(OutboundReply reply) {
        switch (current().head.version()) {
            case HTTP_1_1 -> wire().writer.sendInterim(reply);
            // RFC 9110 §15.2: an HTTP/1.0 client knows no interim replies.
            case HTTP_1_0 -> {}
        }
    }

    @Override
    public void sendHead(OutboundReply reply) {
        HttpVersion version = current().head.version();
        if (ReplyWriter.framing(reply, version) == ReplyWriter.Framing.CLOSE_DELIMITED) {
            persistence = Persistence.CLOSE;
        }
        wire().writer.sendHead(reply, version, connectionLine(version));
    }

    private String connectionLine(HttpVersion version) {
        return switch (persistence) {
            case CLOSE -> "Connection: close\r\n";
            case KEEP ->
                switch (version) {
                    case HTTP_1_1 -> "";
                    case HTTP_1_0 -> "Connection: keep-alive\r\n";
                };
        };
    }

    @Override
    public void sendBody(ByteBuf data) {
        wire().writer.sendBody(data);
    }

    @Override
    public void endReply(FieldBlock trailers) {
        wire().writer.end(trailers);
        finish();
    }

    @Override
    public void endReplyAndClose(FieldBlock trailers) {
        wire().writer.end(trailers);
        linger();
    }

    @Override
    public void answer(Answer answer) {
        RequestHead head = current().head;
        // What is left of a body that nobody reads would be taken for the next request.
        if (answer.after() == Answer.After.CLOSE || current().upload != Upload.COMPLETE) {
            persistence = Persistence.CLOSE;
        }
        wire().writer.answer(answer, head.method(), connectionLine(head.version()));
        finish();
    }

    private void finish() {
        switch (persistence) {
            case CLOSE -> linger();
            case KEEP -> {
                current = null;
                phase = Phase.HEAD;
                wire().writer.next();
                awaitRequest();
            }
        }
    }

    private void awaitRequest() {
        wire().reading.set(options.timeouts().keepAlive());
        process();
        readIfWanted();
    }

    /** Says that nothing more will come, and reads on for a while: a close now could destroy the answer on its way. */
    private void linger() {
        current = null;
        phase = Phase.LINGERING;
        dropInbound();
        lingeringUntil = System.nanoTime() + options.timeouts().linger().toNanos();
        wire().reading.set(options.timeouts().lingerIdle());
        wire().outlet.flush();
        HalfClose.of(wire().context.channel());
        readIfWanted();
    }

    @Override
    public void cut() {
        ChannelHandlerContext context = wire().context;
        boolean closeWouldLookWhole = wire().writer.endsByClose();
        // What is there of the reply is the client's; a close alone would drop it.
        wire().outlet.flush();
        end();
        if (!closeWouldLookWhole) {
            context.close();
            return;
        }
        // Neither FIN nor close_notify may come: both would say that the reply is whole.
        context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        ChannelHandlerContext tls = context.pipeline().context(SslHandler.class);
        (tls == null ? context : tls).close();
    }

    @Override
    public void abandon() {
        close();
    }

    @Override
    public TunnelEnd detach(OutboundReply reply) {
        ChannelHandlerContext context = wire().context;
        wire().writer.sendSwitch(reply);
        wire().outlet.flush();
        ByteBuf received = inbound;
        inbound = Unpooled.EMPTY_BUFFER;
        end();
        context.pipeline().remove(this);
        return new TunnelEnd(context.channel(), received);
    }

    // How it ends

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            clientLeft("it closed the connection");
        } else if (event instanceof SslHandshakeCompletionEvent handshake) {
            handshakeEnded(context, handshake);
        }
        context.fireUserEventTriggered(event);
    }

    private void handshakeEnded(ChannelHandlerContext context, SslHandshakeCompletionEvent handshake) {
        if (handshake.isSuccess()) {
            SslHandler tls = context.pipeline().get(SslHandler.class);
            journal.handshakeDone(facts, tls.engine().getSession().getProtocol());
        } else {
            journal.handshakeFailed(facts, handshake.cause());
            close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        clientLeft("the connection is gone");
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable fault) {
        if (fault instanceof IOException || fault instanceof DecoderException) {
            clientLeft("the connection broke");
        } else {
            fault(fault);
        }
    }

    @Override
    public void fault(Throwable fault) {
        journal.bug("client connection from " + facts.peerText(), fault);
        ClientStream.Listener listener = current == null ? null : current.listener;
        // First of all: whatever else goes wrong, the client does not wait for ever, nor takes half a reply for a whole
        // one.
        cut();
        if (listener != null) {
            tellOfFault(listener);
        }
    }

    private void tellOfFault(ClientStream.Listener listener) {
        try {
            listener.onClientLost(new Refusal(Cause.INTERNAL, "a fault in the proxy"));
        } catch (RuntimeException another) {
            journal.bug("exchange of " + facts.peerText(), another);
        }
    }

    private void clientLeft(String how) {
        switch (phase) {
            case EXCHANGE -> listenerLost(new Refusal(Cause.CLIENT_LEFT, how));
            case HEAD -> {
                if (inbound.isReadable()) {
                    journal.requestRefused(
                            facts, new Refusal(Cause.CLIENT_LEFT, how + " in the middle of a request head"));
                }
            }
            case LINGERING, OVER -> {}
        }
        close();
    }

    private void listenerLost(Refusal refusal) {
        ClientStream.Listener listener = current().listener;
        phase = Phase.OVER;
        if (listener != null) {
            listener.onClientLost(refusal);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            wire().writing.lift();
            switch (phase) {
                case EXCHANGE -> listener(current()).onClientWritable();
                case HEAD -> awaitRequest();
                case LINGERING, OVER -> {}
            }
        } else {
            wire().writing.set(options.timeouts().writeStall());
        }
        context.fireChannelWritabilityChanged();
    }

    private void readingTookTooLong() {
        switch (phase) {
            case HEAD -> {
                if (!isWritable()) {
                    // It is still taking its replies, and has a time limit for that.
                    return;
                }
                if (inbound.isReadable()) {
                    refuse(new Refusal(
                            Cause.HEAD_TIMEOUT, "after " + options.timeouts().head()));
                } else {
                    close();
                }
            }
            case EXCHANGE ->
                listener(current())
                        .onUploadFailed(new Refusal(
                                Cause.BODY_TIMEOUT,
                                "nothing for " + options.timeouts().bodyIdle()));
            case LINGERING, OVER -> close();
        }
    }

    private void writingStalled() {
        if (phase == Phase.EXCHANGE) {
            listenerLost(new Refusal(
                    Cause.CLIENT_STALLED,
                    "nothing taken for " + options.timeouts().writeStall()));
        }
        close();
    }

    private void close() {
        end();
        wire().context.close();
    }

    private void end() {
        phase = Phase.OVER;
        current = null;
        dropInbound();
        wire().outlet.drop();
        wire().reading.cancel();
        wire().writing.cancel();
        Runnable told = whenOver;
        whenOver = () -> {};
        told.run();
    }

    private void dropInbound() {
        inbound.release();
        inbound = Unpooled.EMPTY_BUFFER;
    }

    private Wire wire() {
        if (wire == null) {
            throw new IllegalStateException("the connection is not open yet");
        }
        return wire;
    }

    private Current current() {
        if (current == null) {
            throw new IllegalStateException("no exchange is under way");
        }
        return current;
    }

    private static ClientStream.Listener listener(Current exchange) {
        if (exchange.listener == null) {
            throw new IllegalStateException("the exchange has not been started");
        }
        return exchange.listener;
    }
}
