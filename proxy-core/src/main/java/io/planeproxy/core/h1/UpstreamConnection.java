package io.planeproxy.core.h1;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.planeproxy.core.cause.Cause;
import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.forward.OutboundRequest;
import io.planeproxy.core.http.BodyLength;
import io.planeproxy.core.http.FieldBlock;
import io.planeproxy.core.http.Malformed;
import io.planeproxy.core.http.ReplyHead;
import io.planeproxy.core.http.Scheme;
import io.planeproxy.core.relay.Callbacks;
import io.planeproxy.core.relay.Deadline;
import io.planeproxy.core.relay.Journal;
import io.planeproxy.core.relay.TunnelEnd;
import io.planeproxy.core.relay.Untaken;
import io.planeproxy.core.relay.UpstreamStream;
import io.planeproxy.core.route.Upstream;
import java.io.IOException;
import java.nio.channels.NotYetConnectedException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 connection to an upstream: sends one request at a time and reads its reply. Between two exchanges it keeps
 * a read open, so that an upstream that closes, or speaks without being asked, is noticed at once.
 */
public final class UpstreamConnection extends ChannelInboundHandlerAdapter implements UpstreamStream {
    private final Upstream upstream;
    private final Home home;
    private final Journal journal;
    private final HeadScanner scanner = new HeadScanner(HeadScanner.Kind.REPLY, HeadLimits.DEFAULT);
    private final Inbound inbound = new Inbound(this::progress);

    private @Nullable Wire wire;
    private Phase phase = Phase.IDLE;
    private @Nullable Current current;
    /** Whose exchange it is, or was until the connection was left: a fault may come right behind that. */
    private @Nullable Listener served;

    private Reading reading = Reading.ON;
    private boolean broken;
    private boolean saidGoodbye;

    public UpstreamConnection(Upstream upstream, Home home, Journal journal) {
        this.upstream = upstream;
        this.home = home;
        this.journal = journal;
    }

    /** Whom a connection returns to. */
    public interface Home {
        /** It may serve again. */
        void gaveBack(UpstreamConnection connection);

        /** It is closed, or about to be, or no longer HTTP; told once. */
        void left(UpstreamConnection connection);
    }

    private enum Phase {
        IDLE,
        AWAITING_HEAD,
        BODY,
        OVER
    }

    private enum Reading {
        ON,
        PAUSED
    }

    private record Wire(ChannelHandlerContext context, Outlet outlet, Deadline silence) {}

    private static final class Current {
        final OutboundRequest request;
        final Duration replyTimeout;
        final Listener listener;
        boolean requestIsWhole;
        boolean heardAnything;
        /** When the upstream was last given its time. */
        long untakenBefore;

        @Nullable
        ReplyHead head;

        BodyDecoder decoder = BodyDecoder.Empty.EMPTY;

        Current(OutboundRequest request, Duration replyTimeout, Listener listener) {
            this.request = request;
            this.replyTimeout = replyTimeout;
            this.listener = listener;
            this.requestIsWhole = request.body().isEmpty();
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        Callbacks callbacks = new Callbacks(context.channel().eventLoop(), this::fault);
        wire = new Wire(context, new Outlet(context), new Deadline(callbacks, this::silentTooLong));
    }

    public Upstream upstream() {
        return upstream;
    }

    public Channel channel() {
        return wire().context.channel();
    }

    /** Whether a request may be sent on it now. */
    public boolean isReady() {
        return phase == Phase.IDLE && channel().isActive();
    }

    /** Nobody has a use for it now: it goes home, and is read all the same. */
    public void rest() {
        readIfWanted();
        home.gaveBack(this);
    }

    // The request

    @Override
    public void send(OutboundRequest request, Duration replyTimeout, Listener listener) {
        if (phase != Phase.IDLE) {
            throw new IllegalStateException("a request on a connection that is " + phase);
        }
        current = new Current(request, replyTimeout, listener);
        served = listener;
        phase = Phase.AWAITING_HEAD;
        wire().outlet.writeHead(HeadWriter.request(wire().context.alloc(), request));
        if (current.requestIsWhole) {
            wire().outlet.flush();
        }
        giveTime(current);
        wire().context.read();
    }

    @Override
    public void sendBody(ByteBuf data) {
        if (current().request.body() instanceof BodyLength.Chunked) {
            wire().outlet.writeChunk(data);
        } else {
            wire().outlet.write(data);
        }
        giveTime(current());
    }

    @Override
    public void endBody() {
        if (current().request.body() instanceof BodyLength.Chunked) {
            wire().outlet.write(HeadWriter.LAST_CHUNK.duplicate());
        }
        current().requestIsWhole = true;
        wire().outlet.flush();
        giveTime(current());
    }

    @Override
    public boolean isWritable() {
        return channel().isWritable();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable() && current != null) {
            current.listener.onUpstreamWritable();
        }
        context.fireChannelWritabilityChanged();
    }

    // The reply

    @Override
    public void pauseReply() {
        reading = Reading.PAUSED;
        wire().silence.lift();
    }

    @Override
    public void resumeReply() {
        reading = Reading.ON;
        if (current != null) {
            giveTime(current);
            inbound.process();
            readIfWanted();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf data = (ByteBuf) message;
        switch (phase) {
            case AWAITING_HEAD, BODY -> {
                inbound.add(data, context.alloc());
                current().heardAnything = true;
                giveTime(current());
                inbound.process();
            }
            // Nobody asked: whatever it is, it must not become the answer to the next request.
            case IDLE -> {
                data.release();
                discard();
            }
            case OVER -> data.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        readIfWanted();
    }

    private void readIfWanted() {
        if (phase != Phase.OVER && reading == Reading.ON) {
            wire().context.read();
        }
    }

    private boolean progress() {
        if (reading == Reading.PAUSED) {
            return false;
        }
        return switch (phase) {
            case AWAITING_HEAD -> !inbound.isEmpty() && readHead(current());
            case BODY -> readBody(current());
            case IDLE, OVER -> false;
        };
    }

    private boolean readHead(Current exchange) {
        return switch (scanner.scan(inbound.bytes())) {
            case HeadScanner.Scan.Partial() -> false;
            case HeadScanner.Scan.Refused(Malformed malformed) -> fail(Cause.UPSTREAM_MALFORMED, seen(malformed));
            case HeadScanner.Scan.Whole(byte[] octets) ->
                switch (ReplyHead.parse(octets, exchange.request.method(), exchange.request.intent())) {
                    case Malformed malformed -> fail(malformed.cause(), malformed.seen());
                    case ReplyHead head -> take(exchange, head);
                };
        };
    }

    /** RFC 8446 §5.1: a TLS server answers plain HTTP with a record whose first byte says alert (21) or handshake (22). */
    private String seen(Malformed malformed) {
        byte first = inbound.bytes().getByte(inbound.bytes().readerIndex());
        boolean speaksTls = upstream.scheme() == Scheme.HTTP && (first == 0x15 || first == 0x16);
        return speaksTls ? "it speaks TLS; write https:// in upstream" : malformed.seen();
    }

    private boolean take(Current exchange, ReplyHead head) {
        switch (head.kind()) {
            case INTERIM -> exchange.listener.onInterim(head);
            case SWITCH -> exchange.listener.onSwitch(head);
            case FINAL -> {
                exchange.head = head;
                exchange.decoder = BodyDecoder.of(head.body(), HeadLimits.DEFAULT);
                phase = Phase.BODY;
                exchange.listener.onFinal(head);
            }
        }
        return true;
    }

    private boolean readBody(Current exchange) {
        return switch (exchange.decoder.decode(inbound.bytes())) {
            case BodyDecoder.Piece.Data(ByteBuf data) -> {
                exchange.listener.onReply(data);
                yield true;
            }
            case BodyDecoder.Piece.End(FieldBlock trailers) -> {
                end(exchange, trailers, leg(exchange));
                yield true;
            }
            case BodyDecoder.Piece.Bad(Malformed malformed) -> fail(Cause.UPSTREAM_MALFORMED, malformed.seen());
            case BodyDecoder.Piece.NeedMore() -> false;
        };
    }

    /** RFC 9112 §9.3: only a connection on which nothing is owed and nothing is left over may serve again. */
    private Leg leg(Current exchange) {
        ReplyHead head = exchange.head;
        boolean inSync = head != null
                && head.connection().persists(head.version())
                && exchange.requestIsWhole
                && isAllOut()
                && inbound.isEmpty()
                && !broken;
        return inSync ? new Returning() : new Leg.Spoiled();
    }

    /** Whether the system has taken all that was written; where the output has ended, it never will. */
    private boolean isAllOut() {
        return channel().unsafe().outboundBuffer() != null && Untaken.of(channel()) == 0;
    }

    private final class Returning implements Leg.InSync {
        @Override
        public void giveBack() {
            phase = Phase.IDLE;
            served = null;
            reading = Reading.ON;
            rest();
        }
    }

    private void end(Current exchange, FieldBlock trailers, Leg leg) {
        wire().silence.lift();
        current = null;
        try {
            exchange.listener.onReplyEnd(trailers, leg);
        } catch (RuntimeException fault) {
            // Nobody finds its way from this connection to that exchange any more.
            exchange.listener.onFault(fault);
        }
    }

    private boolean fail(Cause cause, String seen) {
        current().listener.onReplyFailed(new Refusal(cause, upstream + ": " + seen));
        return true;
    }

    // How it ends

    @Override
    public void discard() {
        if (phase != Phase.OVER) {
            leave();
            wire().context.close();
        }
    }

    @Override
    public TunnelEnd detach() {
        ChannelHandlerContext context = wire().context;
        ByteBuf received = inbound.takeAll();
        wire().outlet.flush();
        leave();
        context.pipeline().remove(this);
        return new TunnelEnd(context.channel(), received);
    }

    private void leave() {
        phase = Phase.OVER;
        current = null;
        inbound.drop();
        wire().outlet.drop();
        wire().silence.cancel();
        home.left(this);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == SslCloseCompletionEvent.SUCCESS) {
            saidGoodbye = true;
            upstreamClosed();
        } else if (event instanceof ChannelInputShutdownEvent) {
            upstreamClosed();
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        upstreamClosed();
        context.fireChannelInactive();
    }

    private void upstreamClosed() {
        Current exchange = current;
        if (phase == Phase.OVER) {
            return;
        }
        if (exchange == null) {
            discard();
            return;
        }
        if (phase == Phase.BODY && reading == Reading.PAUSED) {
            // What has come is passed on first; the end is then found again.
            reading = Reading.ON;
            inbound.process();
            if (phase != Phase.BODY || current != exchange) {
                return;
            }
        }
        if (phase == Phase.BODY && exchange.decoder.mayEndByClose() && endIsMeant()) {
            end(exchange, FieldBlock.EMPTY, new Leg.Spoiled());
        } else if (phase == Phase.BODY) {
            fail(Cause.UPSTREAM_TRUNCATED, "closed in the middle of its reply");
        } else if (exchange.heardAnything) {
            fail(Cause.UPSTREAM_CLOSED, "closed in the middle of a reply's head");
        } else {
            exchange.listener.onUpstreamClosed(
                    new Refusal(Cause.UPSTREAM_CLOSED, upstream + ": closed without an answer"));
        }
    }

    /** RFC 9112 §9.8: anybody on the way can end a TCP connection, but only the upstream can say goodbye within TLS. */
    private boolean endIsMeant() {
        return !broken && (saidGoodbye || channel().pipeline().get(SslHandler.class) == null);
    }

    /** It may be silent for as long as the limit says from now on, unless it can not be heard. */
    private void giveTime(Current exchange) {
        switch (reading) {
            case ON -> {
                exchange.untakenBefore = Untaken.of(channel());
                wire().silence.set(exchange.replyTimeout);
            }
            case PAUSED -> {}
        }
    }

    private void silentTooLong() {
        Current exchange = current;
        if (exchange == null || waitsForTheClient(exchange)) {
            return;
        }
        if (Untaken.of(channel()) < exchange.untakenBefore) {
            giveTime(exchange);
            return;
        }
        String waited = "silent for " + exchange.replyTimeout;
        fail(phase == Phase.BODY ? Cause.UPSTREAM_STALLED : Cause.REPLY_TIMEOUT, waited);
    }

    /** It has taken all that there is of the request, and what is missing has a limit of its own at the client. */
    private boolean waitsForTheClient(Current exchange) {
        return !exchange.requestIsWhole && isAllOut();
    }

    /**
     * A read before the connection stands is an upstream that closed as it accepted; the connect tells how that ends. A
     * failed write says less than what the upstream may still have sent, so reading goes on to its end.
     */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable fault) {
        broken = true;
        if (fault instanceof DecoderException) {
            discardFor(new Refusal(Cause.UPSTREAM_TLS_FAILED, upstream + ": " + fault.getMessage()));
        } else if (!(fault instanceof IOException || fault instanceof NotYetConnectedException)) {
            fault(fault);
        }
    }

    private void fault(Throwable fault) {
        if (served == null) {
            journal.bug("upstream connection to " + upstream, fault);
        } else {
            served.onFault(fault);
        }
        discard();
    }

    private void discardFor(Refusal refusal) {
        if (current != null) {
            current.listener.onReplyFailed(refusal);
        } else {
            discard();
        }
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
}
