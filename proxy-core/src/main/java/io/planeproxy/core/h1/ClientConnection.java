package io.planeproxy.core.h1;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.planeproxy.core.cause.Cause;
import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.exchange.Answer;
import io.planeproxy.core.exchange.RefusalPage;
import io.planeproxy.core.forward.ClientFacts;
import io.planeproxy.core.forward.RequestId;
import io.planeproxy.core.http.Malformed;
import io.planeproxy.core.http.Method;
import io.planeproxy.core.http.RequestHead;
import io.planeproxy.core.relay.Callbacks;
import io.planeproxy.core.relay.Deadline;
import io.planeproxy.core.relay.HalfClose;
import io.planeproxy.core.relay.Journal;
import io.planeproxy.core.relay.Reception;
import io.planeproxy.core.relay.TunnelEnd;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A client's HTTP/1.1 connection: reads one request after another and makes a {@link ClientExchange} of each. A pipelined request
 * waits in the buffer, which is bounded, until the one before it is over. Bytes are read only as they are wanted.
 */
public final class ClientConnection extends ChannelInboundHandlerAdapter {
    /** How much is read beyond what is wanted now, so that a client that leaves is noticed. */
    private static final int READ_AHEAD = 16 * 1024;

    private static final Duration FIRST_REQUEST_OF_LATECOMER = Duration.ofSeconds(5);

    private final Reception reception;
    private final ClientOptions options;
    private final Journal journal;
    private final HeadScanner scanner;
    private final Inbound inbound = new Inbound(this::progress);

    private ClientFacts facts;
    private @Nullable Wire wire;
    private Phase phase = Phase.HEAD;
    private @Nullable ClientExchange current;
    private Persistence persistence = Persistence.KEEP;
    private int requests;
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

    /** What exists only once the connection is open. */
    private record Wire(
            ChannelHandlerContext context,
            Outlet outlet,
            ReplyWriter writer,
            Deadline reading,
            Linger linger,
            Uptake uptake) {}

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        Outlet outlet = new Outlet(context);
        Callbacks callbacks = new Callbacks(context.channel().eventLoop(), this::fault);
        Deadline reading = new Deadline(callbacks, this::readingTookTooLong);
        wire = new Wire(
                context,
                outlet,
                new ReplyWriter(context, outlet),
                reading,
                new Linger(options.timeouts(), reading),
                new Uptake(context, callbacks, options.timeouts().writeStall(), this::writingStalled));
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
            wire().uptake.watchUntilWhole(() -> {
                if (isIdle()) {
                    close();
                }
            });
        }
    }

    /** Stops now, whatever is under way. */
    public void stop() {
        if (phase == Phase.EXCHANGE) {
            exchangeLost(new Refusal(Cause.SHUTDOWN, "the deadline for what was under way is over"));
        }
        close();
    }

    private boolean isIdle() {
        return phase == Phase.HEAD && inbound.isEmpty();
    }

    // Reading

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf data = (ByteBuf) message;
        switch (phase) {
            case HEAD, EXCHANGE -> {
                inbound.add(data, context.alloc());
                inbound.process();
            }
            case LINGERING -> {
                data.release();
                wire().linger.heard();
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
            case HEAD -> isWritable() || inbound.size() < READ_AHEAD;
            case EXCHANGE -> current().wantsBody() || inbound.size() < READ_AHEAD;
            case LINGERING -> true;
            case OVER -> false;
        };
        if (wanted) {
            wire().context.read();
        }
    }

    private boolean progress() {
        return switch (phase) {
            // Who does not take the replies to what it has asked gets no further question in.
            case HEAD -> isWritable() && !inbound.isEmpty() && readHead();
            case EXCHANGE -> current().take(inbound.bytes());
            case LINGERING, OVER -> false;
        };
    }

    private boolean readHead() {
        boolean fresh = scanner.isFresh();
        return switch (scanner.scan(inbound.bytes())) {
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
        RequestId id = RequestId.drawn();
        refuse(refusal, id, reception.dispatcher().refusal(refusal, id));
    }

    /**
     * The same, for a client that speaks plain HTTP where TLS is spoken. What is added to replies is meant for https, and means nothing
     * here (RFC 6797 §7.2).
     */
    public void refusePlainHttp() {
        Refusal refusal = new Refusal(Cause.HTTP_ON_TLS_PORT, "");
        RequestId id = RequestId.drawn();
        refuse(refusal, id, RefusalPage.of(refusal, id));
    }

    private void refuse(Refusal refusal, RequestId id, Answer answer) {
        journal.requestRefused(facts, id, refusal);
        persistence = Persistence.CLOSE;
        wire().writer.answer(answer, Method.GET, "Connection: close\r\n");
        linger();
    }

    private void begin(RequestHead head) {
        requests++;
        wire().uptake.lift();
        facts = reception.facts();
        if (requests >= options.requestsPerConnection()
                || !head.connection().persists(head.version())
                || reception.isOutdated()) {
            persistence = Persistence.CLOSE;
        }
        UploadReader upload = new UploadReader(head.body(), options, wire().reading);
        ClientExchange exchange = new ClientExchange(this, wire().writer, head, facts, upload);
        current = exchange;
        phase = Phase.EXCHANGE;
        exchange.begin(reception.dispatcher());
    }

    // What the exchange asks for

    boolean serves(ClientExchange exchange) {
        return phase == Phase.EXCHANGE && current == exchange;
    }

    boolean isWritable() {
        return wire().context.channel().isWritable();
    }

    /** Whether more lies here than has been taken. */
    boolean hasReceived() {
        return !inbound.isEmpty();
    }

    void goOn() {
        inbound.process();
        readIfWanted();
    }

    void closeAfterwards() {
        persistence = Persistence.CLOSE;
    }

    Persistence persistence() {
        return persistence;
    }

    /** The reply is whole. */
    void finish() {
        switch (persistence) {
            case CLOSE -> linger();
            case KEEP -> {
                current = null;
                phase = Phase.HEAD;
                wire().writer.next();
                wire().outlet.flush();
                // That may have ended the connection, or let the next request in.
                if (phase == Phase.HEAD) {
                    awaitRequest();
                }
            }
        }
    }

    private void awaitRequest() {
        if (wire().uptake.isWhole()) {
            replyTaken();
        } else {
            wire().uptake.watchUntilWhole(this::replyTaken);
        }
        goOn();
    }

    /** Only now may it be called silent, unless it has begun the next request already. */
    private void replyTaken() {
        if (inbound.isEmpty()) {
            wire().reading.set(options.timeouts().keepAlive());
        }
    }

    /** Says that nothing more will come, and reads on for a while: a close now could destroy the answer on its way. */
    void linger() {
        current = null;
        phase = Phase.LINGERING;
        inbound.drop();
        wire().reading.lift();
        wire().outlet.flush();
        HalfClose.of(wire().context.channel());
        // That may have found the connection broken.
        if (phase == Phase.LINGERING) {
            wire().uptake.watchUntilWhole(wire().linger::begin);
            readIfWanted();
        }
    }

    /** Closes so that the client sees that its reply is cut. */
    void cut() {
        ChannelHandlerContext context = wire().context;
        boolean closeWouldLookWhole = wire().writer.endsByClose();
        // What is there of the reply is the client's; a close alone would drop it.
        wire().outlet.flush();
        end();
        if (closeWouldLookWhole) {
            Reset.of(context);
        } else {
            context.close();
        }
    }

    /** What comes from now on is not HTTP. */
    TunnelEnd handOver() {
        ChannelHandlerContext context = wire().context;
        wire().outlet.flush();
        ByteBuf received = inbound.takeAll();
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

    /** Ends the connection for a fault of our own. */
    void fault(Throwable fault) {
        journal.bug("client connection from " + facts.peerText(), fault);
        ClientExchange exchange = current;
        // First of all: whatever else goes wrong, the client does not wait for ever, nor takes half a reply for a whole
        // one.
        cut();
        if (exchange != null) {
            tellOfFault(exchange);
        }
    }

    private void tellOfFault(ClientExchange exchange) {
        try {
            exchange.clientLost(new Refusal(Cause.INTERNAL, "a fault in the proxy"));
        } catch (RuntimeException another) {
            journal.bug("exchange of " + facts.peerText(), another);
        }
    }

    private void clientLeft(String how) {
        switch (phase) {
            case EXCHANGE -> exchangeLost(new Refusal(Cause.CLIENT_LEFT, how));
            case HEAD -> {
                if (!inbound.isEmpty()) {
                    journal.requestRefused(
                            facts,
                            RequestId.drawn(),
                            new Refusal(Cause.CLIENT_LEFT, how + " in the middle of a request head"));
                }
            }
            case LINGERING, OVER -> {}
        }
        close();
    }

    private void exchangeLost(Refusal refusal) {
        ClientExchange exchange = current();
        phase = Phase.OVER;
        exchange.clientLost(refusal);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            switch (phase) {
                case EXCHANGE -> {
                    wire().uptake.lift();
                    current().clientWritable();
                }
                case HEAD -> goOn();
                case LINGERING, OVER -> {}
            }
        } else {
            wire().uptake.watch();
        }
        context.fireChannelWritabilityChanged();
    }

    private void readingTookTooLong() {
        switch (phase) {
            case HEAD -> {
                if (!inbound.isEmpty()) {
                    refuse(new Refusal(
                            Cause.HEAD_TIMEOUT, "after " + options.timeouts().head()));
                } else {
                    close();
                }
            }
            case EXCHANGE ->
                current()
                        .bodyFailed(new Refusal(
                                Cause.BODY_TIMEOUT,
                                "nothing for " + options.timeouts().bodyIdle()));
            case LINGERING, OVER -> close();
        }
    }

    private void writingStalled() {
        if (phase == Phase.EXCHANGE) {
            exchangeLost(new Refusal(
                    Cause.CLIENT_STALLED,
                    "nothing taken for " + options.timeouts().writeStall()));
        }
        cut();
    }

    /** Whoever loses what still waits for it is to see that. */
    private void close() {
        if (wire().uptake.isWhole()) {
            end();
            wire().context.close();
        } else {
            cut();
        }
    }

    private void end() {
        phase = Phase.OVER;
        current = null;
        inbound.drop();
        wire().outlet.drop();
        wire().reading.cancel();
        wire().uptake.cancel();
        Runnable told = whenOver;
        whenOver = () -> {};
        told.run();
    }

    private Wire wire() {
        if (wire == null) {
            throw new IllegalStateException("the connection is not open yet");
        }
        return wire;
    }

    private ClientExchange current() {
        if (current == null) {
            throw new IllegalStateException("no exchange is under way");
        }
        return current;
    }
}
