package io.planeproxy.server.demo;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client connection before it becomes a WebSocket: counts each request's body, then answers it. */
final class DemoRequests extends SimpleChannelInboundHandler<HttpObject> {
    /** The longest message a window may send, in bytes: the whole text, with every character escaped as JSON allows. */
    private static final int LONGEST_MESSAGE = NotepadText.LIMIT * 6 + 1024;

    private static final String NOTEPAD_PATH = "/live/collaboration";
    private static final Logger LOG = LoggerFactory.getLogger(DemoRequests.class);

    private final DemoPage page;
    private final Notepad notepad;
    private Optional<HttpRequest> current = Optional.empty();
    private long bodyBytes;

    DemoRequests(DemoPage page, Notepad notepad) {
        this.page = page;
        this.notepad = notepad;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject part) {
        if (part.decoderResult().isFailure()) {
            ctx.writeAndFlush(DemoAnswers.badRequest()).addListener(ChannelFutureListener.CLOSE);
            return;
        }
        if (part instanceof HttpRequest head) {
            begin(ctx, head);
        }
        if (part instanceof HttpContent content) {
            bodyBytes += content.content().readableBytes();
        }
        if (part instanceof LastHttpContent) {
            current.ifPresent(head -> finish(ctx, head));
            current = Optional.empty();
        }
    }

    private void begin(ChannelHandlerContext ctx, HttpRequest head) {
        current = Optional.of(head);
        bodyBytes = 0;
        if (HttpUtil.is100ContinueExpected(head)) {
            ctx.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        }
    }

    private void finish(ChannelHandlerContext ctx, HttpRequest head) {
        if (pathOf(head).equals(NOTEPAD_PATH) && asksForWebSocket(head)) {
            becomeWebSocket(ctx, head);
        } else {
            answer(ctx, head);
        }
    }

    private void answer(ChannelHandlerContext ctx, HttpRequest head) {
        FullHttpResponse reply = switch (pathOf(head)) {
            case "/live/health" -> DemoAnswers.health();
            case "/headers" -> DemoAnswers.headersOf(head);
            case "/upload" -> DemoAnswers.upload(head.method(), bodyBytes);
            // Without the upgrade headers the notepad's path ends here too: live answers just so.
            case String path -> page.file(path).orElseGet(DemoAnswers::notFound);
        };
        HttpUtil.setContentLength(reply, reply.content().readableBytes());
        if (HttpUtil.isKeepAlive(head)) {
            ctx.writeAndFlush(reply);
        } else {
            reply.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            ctx.writeAndFlush(reply).addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void becomeWebSocket(ChannelHandlerContext ctx, HttpRequest head) {
        WebSocketServerHandshaker handshaker = new WebSocketServerHandshakerFactory(
                        "ws://" + head.headers().get(HttpHeaderNames.HOST) + head.uri(), null, false, LONGEST_MESSAGE)
                .newHandshaker(head);
        if (handshaker == null) {
            WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(ctx.channel())
                    .addListener(ChannelFutureListener.CLOSE);
            return;
        }
        ChannelPipeline pipeline = ctx.pipeline();
        pipeline.addLast(new WebSocketFrameAggregator(LONGEST_MESSAGE), new NotepadSocket(notepad));
        pipeline.remove(this);
        handshaker.handshake(ctx.channel(), wholeRequest(head)).addListener(done -> {
            if (done.isSuccess()) {
                pipeline.get(NotepadSocket.class).opened();
            } else {
                ctx.close();
            }
        });
    }

    private static FullHttpRequest wholeRequest(HttpRequest head) {
        return new DefaultFullHttpRequest(
                head.protocolVersion(),
                head.method(),
                head.uri(),
                Unpooled.EMPTY_BUFFER,
                head.headers(),
                new DefaultHttpHeaders());
    }

    private static boolean asksForWebSocket(HttpRequest head) {
        return head.headers().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
                && head.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
    }

    private static String pathOf(HttpRequest head) {
        String target = head.uri();
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof IOException) {
            LOG.debug("A client of the demo went away: {}", cause.getMessage());
        } else {
            LOG.error("The demo upstream failed on a request; please report this", cause);
        }
        ctx.close();
    }
}
