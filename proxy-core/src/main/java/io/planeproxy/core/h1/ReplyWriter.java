package io.planeproxy.core.h1;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.planeproxy.core.exchange.Answer;
import io.planeproxy.core.forward.OutboundReply;
import io.planeproxy.core.http.BodyLength;
import io.planeproxy.core.http.FieldBlock;
import io.planeproxy.core.http.HttpVersion;
import io.planeproxy.core.http.Method;

/** The writing half of a client's connection: frames one reply after another. It moves only forward. */
final class ReplyWriter {
    private static final int UPGRADE_REQUIRED = 426;

    private final ChannelHandlerContext context;
    private final Outlet outlet;
    private State state = State.AWAITED;

    ReplyWriter(ChannelHandlerContext context, Outlet outlet) {
        this.context = context;
        this.outlet = outlet;
    }

    private enum State {
        /** Nothing of the final reply is out. */
        AWAITED,
        /** A body of a known length, or none, is being sent. */
        COUNTED,
        CHUNKED,
        /** The body's end is the connection's. */
        UNTIL_CLOSE
    }

    /** Whether the connection can go on after a message, as far as the message's framing is concerned. */
    enum Framing {
        SELF_DELIMITED,
        CLOSE_DELIMITED
    }

    /** How this reply will be framed for that client. */
    static Framing framing(OutboundReply reply, HttpVersion client) {
        return switch (reply.body()) {
            case BodyLength.None none -> Framing.SELF_DELIMITED;
            case BodyLength.Fixed fixed -> Framing.SELF_DELIMITED;
            case BodyLength.Chunked chunked -> chunkedFraming(client);
            case BodyLength.UntilClose untilClose -> chunkedFraming(client);
        };
    }

    private static Framing chunkedFraming(HttpVersion client) {
        return switch (client) {
            case HTTP_1_1 -> Framing.SELF_DELIMITED;
            case HTTP_1_0 -> Framing.CLOSE_DELIMITED;
        };
    }

    /** The replies to the next request may be written. */
    void next() {
        state = State.AWAITED;
    }

    boolean endsByClose() {
        return state == State.UNTIL_CLOSE;
    }

    void sendContinue() {
        outlet.write(HeadWriter.CONTINUE.duplicate());
    }

    void sendInterim(OutboundReply reply) {
        outlet.writeHead(HeadWriter.interim(context.alloc(), reply));
    }

    /** @param connection the line that tells the client what becomes of the connection; may be empty */
    void sendHead(OutboundReply reply, HttpVersion client, String connection) {
        require(State.AWAITED);
        ByteBuf head = HeadWriter.replyStart(
                context.alloc(), reply.status(), reply.reason(), reply.fields(), Outlet.roomFor(reply.body()));
        state = switch (reply.body()) {
            case BodyLength.None none -> {
                reply.lengthOfAbsentBody()
                        .ifPresent(length -> HeadWriter.ascii(head, "Content-Length: " + length + "\r\n"));
                yield State.COUNTED;
            }
            case BodyLength.Fixed(long bytes) -> {
                HeadWriter.contentLength(head, bytes);
                yield State.COUNTED;
            }
            case BodyLength.Chunked chunked -> unbounded(head, client);
            case BodyLength.UntilClose untilClose -> unbounded(head, client);
        };
        if (reply.status() == UPGRADE_REQUIRED) {
            // RFC 9110 §7.8: its Upgrade counts only with this option.
            HeadWriter.ascii(head, "Connection: upgrade\r\n");
        }
        HeadWriter.ascii(head, connection);
        HeadWriter.ascii(head, "\r\n");
        outlet.writeHead(head);
    }

    private static State unbounded(ByteBuf head, HttpVersion client) {
        return switch (client) {
            case HTTP_1_1 -> {
                HeadWriter.ascii(head, "Transfer-Encoding: chunked\r\n");
                yield State.CHUNKED;
            }
            case HTTP_1_0 -> State.UNTIL_CLOSE;
        };
    }

    /** The 101 with the agreed protocol; what follows is not HTTP any more. */
    void sendSwitch(OutboundReply reply) {
        require(State.AWAITED);
        ByteBuf head = HeadWriter.replyStart(context.alloc(), reply.status(), reply.reason(), reply.fields());
        HeadWriter.ascii(head, "Connection: Upgrade\r\nUpgrade: " + reply.protocol() + "\r\n\r\n");
        outlet.writeHead(head);
    }

    void sendBody(ByteBuf data) {
        switch (state) {
            case COUNTED, UNTIL_CLOSE -> outlet.write(data);
            case CHUNKED -> outlet.writeChunk(data);
            case AWAITED -> {
                data.release();
                throw new IllegalStateException("a reply's body before its head");
            }
        }
    }

    void end(FieldBlock trailers) {
        switch (state) {
            case COUNTED, UNTIL_CLOSE -> {}
            case CHUNKED -> outlet.write(HeadWriter.lastChunk(context.alloc(), trailers));
            case AWAITED -> throw new IllegalStateException("the end of a reply before its head");
        }
    }

    /** An answer of our own, whole. @param method of the request, which decides whether a body may follow */
    void answer(Answer answer, Method method, String connection) {
        require(State.AWAITED);
        byte[] body = answer.body().octets();
        ByteBuf head = HeadWriter.replyStart(context.alloc(), answer.status(), answer.reason(), answer.fields());
        HeadWriter.ascii(head, "Server: plane-proxy\r\nDate: " + HttpDate.now() + "\r\n");
        HeadWriter.contentLength(head, body.length);
        HeadWriter.ascii(head, connection);
        HeadWriter.ascii(head, "\r\n");
        if (method != Method.HEAD) {
            head.writeBytes(body);
        }
        state = State.COUNTED;
        outlet.writeHead(head);
    }

    private void require(State expected) {
        if (state != expected) {
            throw new IllegalStateException("a second status line: the reply is already " + state);
        }
    }
}
