package io.planeproxy.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.ssl.AbstractSniHandler;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the client's hello, and puts the handler of the identity for its server name (RFC 6066, section 3) into its
 * place. Ends a handshake that never began with the same event as {@link SslHandler} does.
 */
final class SniChoice extends AbstractSniHandler<SslHandler> {
    /** Bytes. A hello with a post-quantum share has under 2 kB. */
    private static final int LARGEST_HELLO = 16 * 1024;

    private final ServerTls tls;
    private final ServerContexts began;
    private final Duration timeout;
    private final long started = System.nanoTime();
    private @Nullable ScheduledFuture<?> alarm;
    private boolean ended;

    /** @param began what is in service when the connection is made, and serves it if nothing newer does; held until the name has come */
    SniChoice(ServerTls tls, ServerContexts began, Duration timeout) {
        super(LARGEST_HELLO, 0);
        this.tls = tls;
        this.began = began;
        began.retain();
        this.timeout = timeout;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
        super.handlerAdded(ctx);
        alarm = ctx.executor().schedule(() -> timeOut(ctx), timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void timeOut(ChannelHandlerContext ctx) {
        end(ctx, new SslHandshakeTimeoutException("no ClientHello within " + timeout.toMillis() + "ms"));
        ctx.close();
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        try {
            super.decode(ctx, in, out);
        } catch (NotSslRecordException | TooLongFrameException told) {
            ended = true;
            throw told;
        }
    }

    @Override
    protected Future<SslHandler> lookup(ChannelHandlerContext ctx, @Nullable String host) {
        var contexts = tls.newest().orElseGet(() -> (ServerContexts) began.retain());
        try {
            var table = contexts.table();
            var chosen = host == null ? table.byDefault() : table.choose(host);
            return ctx.executor().newSucceededFuture(chosen.newHandler(ctx.alloc(), timeLeft()));
        } finally {
            contexts.release();
        }
    }

    @Override
    protected void onLookupComplete(ChannelHandlerContext ctx, @Nullable String host, Future<SslHandler> chosen) {
        ended = true;
        replaceBy(ctx, chosen.getNow());
    }

    /** Once it is in the pipeline, the handler gives back its engine's memory itself. */
    private void replaceBy(ChannelHandlerContext ctx, SslHandler handler) {
        try {
            ctx.pipeline().replace(this, "tls", handler);
        } catch (RuntimeException channelGone) {
            ReferenceCountUtil.safeRelease(handler.engine());
            throw channelGone;
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        end(ctx, new ClosedChannelException());
        super.channelInactive(ctx);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) throws Exception {
        if (alarm != null) {
            alarm.cancel(false);
        }
        began.release();
        super.handlerRemoved0(ctx);
    }

    private void end(ChannelHandlerContext ctx, Throwable cause) {
        if (!ended) {
            ended = true;
            ctx.fireUserEventTriggered(new SslHandshakeCompletionEvent(cause));
        }
    }

    /** At least a millisecond: zero would mean no limit. */
    private Duration timeLeft() {
        var left = timeout.minusNanos(System.nanoTime() - started);
        return left.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : left;
    }
}
