package io.planeproxy.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.IllegalReferenceCountException;
import java.time.Duration;
import java.util.Optional;

/**
 * TLS for a listener. May be shared by listeners; every method may be called from any thread.
 *
 * <p>The end of a handshake comes down the pipeline as {@link io.netty.handler.ssl.SslHandshakeCompletionEvent},
 * whatever went wrong, exactly once; {@link HandshakeFailure} puts its cause into words. Plain HTTP is no handshake.
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
     * Puts TLS at the end of a pipeline that was just made: a guard that knows plain HTTP by its first byte and then goes, and
     * the handler that speaks TLS.
     *
     * @param handshakeTimeout from now on until the handshake must be done
     * @param plainHttp told on the event loop, once, that the client has begun a request without TLS; nothing of TLS is in the
     *     pipeline any more, and no handshake has ended
     */
    public void addTo(ChannelPipeline pipeline, Duration handshakeTimeout, Runnable plainHttp) {
        var tls = newHandler(pipeline.channel().alloc(), handshakeTimeout);
        pipeline.addLast(new PlainHttpGuard(tls, plainHttp), tls);
    }

    /**
     * The handler that speaks TLS, for one channel: an {@link SslHandler}, or where identities differ by name one that
     * waits for the name and then puts the right {@link SslHandler} in its place.
     *
     * @param handshakeTimeout from being added on until the handshake must be done
     */
    public ChannelHandler newHandler(ByteBufAllocator allocator, Duration handshakeTimeout) {
        var held = newest().orElseThrow(
                        () -> new IllegalStateException("TLS was closed, expected a listener to be closed before it"));
        try {
            return held.isOneForAll()
                    ? held.table().byDefault().newHandler(allocator, handshakeTimeout)
                    : new SniChoice(this, held, handshakeTimeout);
        } finally {
            held.release();
        }
    }

    /** What is in service now, for the caller to release; nothing once this is closed and nobody holds it. */
    Optional<ServerContexts> newest() {
        while (true) {
            var seen = contexts;
            try {
                seen.retain();
                return Optional.of(seen);
            } catch (IllegalReferenceCountException released) {
                if (seen == contexts) {
                    return Optional.empty();
                }
                // replaced between two lines: the new ones are there already
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

    /**
     * Gives the memory back, once no further connection will come; what connections still hold of it, those whose client has
     * not said its name yet among them, comes back when they are done with it.
     */
    @Override
    public void close() {
        store.leave(follower);
        contexts.release();
    }
}
