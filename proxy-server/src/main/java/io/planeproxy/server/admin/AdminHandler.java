package io.planeproxy.server.admin;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.unix.FileDescriptor;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.timeout.ReadTimeoutException;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the one request of a connection to the admin endpoint. */
final class AdminHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger LOG = LoggerFactory.getLogger("plane-proxy.admin");

    private final AdminPages pages;
    private final Caller caller;
    private boolean asked;

    AdminHandler(AdminPages pages, Caller caller) {
        this.pages = pages;
        this.caller = caller;
    }

    /** Who is at the other end, and so what it may do. */
    sealed interface Caller {
        /** Came through the Unix socket. @param name for the log */
        record Owner(String name) implements Caller {}

        /** Came to the loopback port. */
        record Anybody() implements Caller {}
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (asked) {
            return;
        }
        asked = true;
        // The answer may take its time.
        context.pipeline().remove(ReadTimeoutHandler.class);
        Optional<AdminReply.Content> refusal = refusal(request);
        if (refusal.isPresent()) {
            write(context, refusal.get());
            return;
        }
        QueryStringDecoder address = new QueryStringDecoder(request.uri());
        switch (pages.choose(request.method().name(), address.path())) {
            case AdminPages.Choice.Nowhere(AdminReply.Content reply) -> write(context, reply);
            case AdminPages.Choice.Found(AdminPage page) -> {
                AdminRequest question = question(address, request);
                Thread.ofVirtual().name("admin " + page.path()).start(() -> answer(context, page, question));
            }
        }
    }

    private Optional<AdminReply.Content> refusal(FullHttpRequest request) {
        if (!request.decoderResult().isSuccess()) {
            return Optional.of(AdminReply.text(400, "not readable as HTTP/1.1"));
        }
        boolean isOrder = request.method().name().equals(AdminPage.Verb.POST.name());
        Optional<String> why = switch (caller) {
            case Caller.Owner _ when isOrder -> BrowserGuard.refuseOrder(request.headers());
            case Caller.Anybody _ when isOrder -> Optional.of("orders are taken on the Unix socket alone");
            case Caller.Owner _, Caller.Anybody _ -> BrowserGuard.refuse(request.headers());
        };
        return why.map(sentence -> AdminReply.text(403, sentence));
    }

    private AdminRequest question(QueryStringDecoder address, FullHttpRequest request) {
        Map<String, String> query = address.parameters().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().getFirst()));
        String asker = switch (caller) {
            case Caller.Owner(String name) -> name;
            case Caller.Anybody() -> "somebody on this machine";
        };
        return new AdminRequest(query, Optional.ofNullable(request.headers().get(HttpHeaderNames.ACCEPT)), asker);
    }

    private static void answer(ChannelHandlerContext context, AdminPage page, AdminRequest request) {
        AdminReply reply;
        try {
            reply = page.answer(request);
        } catch (RuntimeException fault) {
            LOG.error("a fault of the program while it answered {}; please report it", page.path(), fault);
            reply = AdminReply.text(500, "a fault of the program; its log says more; please report it");
        }
        AdminReply answer = reply;
        context.executor().execute(() -> write(context, answer).addListener(sent -> page.answered()));
    }

    private static ChannelFuture write(ChannelHandlerContext context, AdminReply reply) {
        ChannelFuture written = switch (reply) {
            case AdminReply.Content content -> context.writeAndFlush(response(content));
            case AdminReply.Descriptors(var numbers) -> {
                numbers.forEach(number -> context.write(new FileDescriptor(number)));
                yield context.writeAndFlush(Unpooled.EMPTY_BUFFER);
            }
        };
        return written.addListener(ChannelFutureListener.CLOSE);
    }

    private static FullHttpResponse response(AdminReply.Content content) {
        ByteBuf body = Unpooled.copiedBuffer(content.body(), StandardCharsets.UTF_8);
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(content.status()), body);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, content.type())
                .setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE)
                .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
                .set(HttpHeaderNames.CONTENT_SECURITY_POLICY, content.policy())
                .set("X-Content-Type-Options", "nosniff")
                .set("X-Frame-Options", "DENY")
                .set("Cross-Origin-Resource-Policy", "same-origin")
                .set("Referrer-Policy", "no-referrer");
        return response;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException) && !(cause instanceof ReadTimeoutException)) {
            LOG.debug("a connection to the admin endpoint", cause);
        }
        context.close();
    }
}
