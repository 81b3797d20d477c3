package io.planeproxy.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLException;

/**
 * All that is costly about serving one identity, made once: every connection takes only its handler from here.
 *
 * <p>Native memory is behind it, so it is counted: born with one reference, each engine holds one more.
 */
final class IdentityContext {
    static final String ALPN = "http/1.1";

    /** Bytes of payload in a record; the most that TLS allows (RFC 8446, section 5.1). */
    private static final int WHOLE_RECORD = 16 * 1024;

    private final SslContext context;
    private final TlsProvider provider;
    private final String[] groups;

    private IdentityContext(SslContext context, TlsProvider provider, TlsProfile profile) {
        this.context = context;
        this.provider = provider;
        this.groups = provider.known(profile.groups()).toArray(String[]::new);
    }

    /** @throws IllegalStateException when the provider does not take the identity */
    static IdentityContext of(ServerIdentity identity, TlsProfile profile, TlsProvider preferred) {
        var provider = preferred.servingFor(identity);
        try {
            return new IdentityContext(built(identity, profile, provider), provider, profile);
        } catch (SSLException | IllegalArgumentException refused) {
            throw new IllegalStateException(
                    "TLS (" + provider + ") cannot serve " + identity + ": " + refused.getMessage(), refused);
        }
    }

    private static SslContext built(ServerIdentity identity, TlsProfile profile, TlsProvider provider)
            throws SSLException {
        var builder = SslContextBuilder.forServer(
                        identity.key(), identity.chain().toArray(X509Certificate[]::new))
                .sslProvider(provider.netty())
                // Only for the way to the provider; PKCS#12 would encrypt the key in ten thousand rounds.
                .keyStoreType("JKS")
                .protocols(profile.protocols())
                .ciphers(profile.suites())
                .trustManager(NobodyTrusted.INSTANCE)
                .sessionCacheSize(TlsProfile.CACHED_SESSIONS)
                .sessionTimeout(TlsProfile.SESSION_LIFE.toSeconds())
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        Protocol.ALPN,
                        SelectorFailureBehavior.NO_ADVERTISE,
                        SelectedListenerFailureBehavior.ACCEPT,
                        ALPN));
        return switch (provider) {
            case OPENSSL -> openSsl(builder, profile);
            case JDK -> {
                JdkRenegotiation.refuse();
                yield builder.build();
            }
        };
    }

    private static SslContext openSsl(SslContextBuilder builder, TlsProfile profile) throws SSLException {
        var context = builder.option(
                        OpenSslContextOption.GROUPS, profile.groups().toArray(String[]::new))
                .build();
        // Without keys of our own BoringSSL makes them and changes them every two days.
        ((OpenSslSessionContext) context.sessionContext()).setTicketKeys();
        return context;
    }

    SslHandler newHandler(ByteBufAllocator allocator, Duration handshakeTimeout) {
        var handler = context.newHandler(allocator);
        handler.setHandshakeTimeoutMillis(handshakeTimeout.toMillis());
        handler.setWrapDataSize(WHOLE_RECORD);
        switch (provider) {
            case OPENSSL -> {}
            case JDK -> {
                var parameters = handler.engine().getSSLParameters();
                parameters.setNamedGroups(groups);
                parameters.setUseCipherSuitesOrder(true);
                handler.engine().setSSLParameters(parameters);
            }
        }
        return handler;
    }

    /** @throws io.netty.util.IllegalReferenceCountException when it is already out of service */
    void retain() {
        ReferenceCountUtil.retain(context);
    }

    void release() {
        ReferenceCountUtil.release(context);
    }
}
