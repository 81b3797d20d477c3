package io.planeproxy.benchmarks.sidebyside.load;

import io.netty.channel.Channel;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509ExtendedTrustManager;

/** TLS as the clients here speak it, the same to every proxy: one version, one suite, one group, any certificate. */
final class ClientTls {
    /** What BoringSSL prefers on a machine with AES instructions; {@link Wrk} is held to it. */
    static final String SUITE = "TLS_AES_128_GCM_SHA256";

    private final SslContext context;
    private final AtomicLong certificates = new AtomicLong();

    ClientTls(Sessions sessions) {
        try {
            context = SslContextBuilder.forClient()
                    .sslProvider(SslProvider.OPENSSL_REFCNT)
                    .protocols("TLSv1.3")
                    .option(OpenSslContextOption.GROUPS, new String[] {"x25519"})
                    .trustManager(new Anybody())
                    .endpointIdentificationAlgorithm(null)
                    .build();
            context.sessionContext().setSessionCacheSize(sessions == Sessions.RESUMED ? 1024 : 0);
        } catch (SSLException fault) {
            throw new LoadFailure("TLS of the clients could not be set up", fault);
        }
    }

    SslHandler newHandler(Channel channel) {
        return context.newHandler(channel.alloc(), "localhost", 443);
    }

    /** How often a server has shown its certificate, which it does in full handshakes only (RFC 8446 §2.2). */
    long fullHandshakes() {
        return certificates.get();
    }

    private final class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            certificates.incrementAndGet();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            certificates.incrementAndGet();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            certificates.incrementAndGet();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
