package io.planeproxy.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import javax.net.ssl.SSLException;

/**
 * TLS towards {@code https://} upstreams: TLS 1.2 and 1.3, the certificate checked against the trust and the host's
 * name, the name sent by SNI. May be used from any thread.
 */
public final class UpstreamTls implements AutoCloseable {
    private final SslContext context;

    private UpstreamTls(SslContext context) {
        this.context = context;
    }

    public static UpstreamTls of(UpstreamTrust trust) {
        return of(trust, TlsProvider.best());
    }

    public static UpstreamTls of(UpstreamTrust trust, TlsProvider provider) {
        var builder = SslContextBuilder.forClient()
                .sslProvider(provider.netty())
                .protocols(TlsProfile.INTERMEDIATE.protocols())
                .endpointIdentificationAlgorithm("HTTPS");
        try {
            return new UpstreamTls(trust.choose(builder, builder::trustManager).build());
        } catch (SSLException refused) {
            throw new IllegalStateException(
                    "TLS (" + provider + ") cannot be set up for upstreams: " + refused.getMessage(), refused);
        }
    }

    /**
     * @param host name or address as in the upstream's URL; without brackets around an IPv6 address
     * @param handshakeTimeout from the connection on until the handshake must be done
     */
    public SslHandler newHandler(ByteBufAllocator allocator, String host, int port, Duration handshakeTimeout) {
        var handler = context.newHandler(allocator, host, port);
        handler.setHandshakeTimeoutMillis(handshakeTimeout.toMillis());
        return handler;
    }

    /** Gives the memory back, once no further connection will be made. Open connections are not touched. */
    @Override
    public void close() {
        ReferenceCountUtil.release(context);
    }
}
