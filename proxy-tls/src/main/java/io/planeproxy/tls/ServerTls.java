package io.planeproxy.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.IllegalReferenceCountException;
import java.time.Duration;
import java.util.function.Function;

/**
 * TLS for a listener. May be shared by listeners; every method may be called from any thread.
 *
 * <p>The end of a handshake comes down the pipeline as {@link io.netty.handler.ssl.SslHandshakeCompletionEvent},
 * whatever went wrong, exactly once; {@link HandshakeFailure} puts its cause into words.
 */
public final class ServerTls implements AutoCloseable {
    private final IdentityStore store;
    private final TlsProfile profile;
    private final TlsProvider provider;
    private final IdentityStore.Follower follower = this::prepare;
    private volatile ServerContexts contexts;

    private ServerTls(IdentityStore store, TlsProfile profile, TlsProvider provider) {
        this.store = store;
        this.profile = profile;
        this.provider = provider;
        this.contexts = ServerContexts.of(store.current(), profile, provider);
    }

    /** With the fastest provider of this machine. */
    public static ServerTls of(IdentityStore store, TlsProfile profile) {
        return of(store, profile, TlsProvider.best());
    }

    /** @throws IllegalStateException when the provider does not take one of the identities; says which and why */
    public static ServerTls of(IdentityStore store, TlsProfile profile, TlsProvider provider) {
        synchronized (store) {
            var tls = new ServerTls(store, profile, provider);
            store.follow(tls.follower);
            return tls;
        }
    }

    public TlsProvider provider() {
        return provider;
    }

    /**
     * Puts TLS at the end of a pipeline that was just made: a guard that answers plain HTTP with a readable 400 and then
     * goes, and the handler that speaks TLS.
     *
     * @param handshakeTimeout from now on until the handshake must be done
     */
    public void addTo(ChannelPipeline pipeline, Duration handshakeTimeout) {
        pipeline.addLast(PlainHttpGuard.INSTANCE, newHandler(pipeline.channel().alloc(), handshakeTimeout));
    }

    /**
     * The handler that speaks TLS, for one channel: an {@link SslHandler}, or where identities differ by name one that
     * waits for the name and then puts the right {@link SslHandler} in its place.
     *
     * @param handshakeTimeout from being added on until the handshake must be done
     */
    public ChannelHandler newHandler(ByteBufAllocator allocator, Duration handshakeTimeout) {
        return contexts.isOneForAll()
                ? newHandler(allocator, handshakeTimeout, NameTable::byDefault)
                : new SniChoice(this, handshakeTimeout);
    }

    SslHandler newHandlerFor(String host, ByteBufAllocator allocator, Duration handshakeTimeout) {
        return newHandler(allocator, handshakeTimeout, table -> table.choose(host));
    }

    SslHandler newHandlerByDefault(ByteBufAllocator allocator, Duration handshakeTimeout) {
        return newHandler(allocator, handshakeTimeout, NameTable::byDefault);
    }

    private SslHandler newHandler(
            ByteBufAllocator allocator,
            Duration handshakeTimeout,
            Function<NameTable<IdentityContext>, IdentityContext> choice) {
        while (true) {
            var seen = contexts;
            var chosen = choice.apply(seen.table());
            try {
                chosen.retain();
            } catch (IllegalReferenceCountException released) {
                if (seen == contexts) {
                    throw new IllegalStateException(
                            "TLS was closed, expected a listener to be closed before it", released);
                }
                continue; // replaced between two lines: the new ones are there already
            }
            try {
                return chosen.newHandler(allocator, handshakeTimeout);
            } finally {
                chosen.release();
            }
        }
    }

    private IdentityStore.Prepared prepare(Identities next) {
        var fresh = ServerContexts.of(next, profile, provider);
        return new IdentityStore.Prepared() {
            @Override
            public void commit() {
                var old = contexts;
                contexts = fresh;
                old.release();
            }

            @Override
            public void discard() {
                fresh.release();
            }
        };
    }

    /** Gives the memory back, once no further connection will come. Open connections are not touched. */
    @Override
    public void close() {
        store.leave(follower);
        contexts.release();
    }
}
