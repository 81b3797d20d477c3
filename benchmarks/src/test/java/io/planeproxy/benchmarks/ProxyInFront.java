package io.planeproxy.benchmarks;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import io.planeproxy.core.engine.Engine;
import io.planeproxy.core.engine.EngineOptions;
import io.planeproxy.core.engine.ListenerSpec;
import io.planeproxy.core.forward.TrustedProxies;
import io.planeproxy.core.h1.ClientOptions;
import io.planeproxy.core.route.RouteTable;
import io.planeproxy.core.upstream.UpstreamOptions;
import io.planeproxy.tls.Identities;
import io.planeproxy.tls.IdentityStore;
import io.planeproxy.tls.SelfSigned;
import io.planeproxy.tls.ServerTls;
import io.planeproxy.tls.TlsProfile;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The engine with one event loop, an upstream behind it, and one client connected. */
final class ProxyInFront implements AutoCloseable {
    private static final String LOOP = "loop-";
    private static final int BUFFER = 64 * 1024;
    private static final Duration A_WHILE = Duration.ofHours(1);
    private static final EngineOptions OPTIONS = new EngineOptions(1, UpstreamOptions.DEFAULT, ProxyInFront::noTls);

    private final ReplyingUpstream upstream;
    private final Engine engine;
    private final ServerTls tls;
    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    private ProxyInFront(ReplyingUpstream upstream, Engine engine, ServerTls tls, Socket socket) throws IOException {
        this.upstream = upstream;
        this.engine = engine;
        this.tls = tls;
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
        this.out = socket.getOutputStream();
    }

    static ProxyInFront start(Way way) throws IOException {
        ReplyingUpstream upstream = ReplyingUpstream.start();
        Engine engine = Engine.start(OPTIONS, new QuietJournal());
        SelfSigned certificate = SelfSigned.of(
                List.of("localhost"), List.of(InetAddress.getLoopbackAddress()), Instant.now(), Duration.ofDays(1));
        ServerTls tls =
                ServerTls.of(new IdentityStore(Identities.only(certificate.identity())), TlsProfile.INTERMEDIATE);
        ListenerSpec.Security security = switch (way) {
            case PLAIN -> new ListenerSpec.Security.Plain();
            case TLS ->
                new ListenerSpec.Security.Secure((pipeline, plainHttp) -> tls.addTo(pipeline, A_WHILE, plainHttp));
        };
        InetSocketAddress behind = upstream.address();
        InetSocketAddress address = engine.apply(
                        OPTIONS,
                        List.of(new ListenerSpec(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                security,
                                new RouteTable(
                                        List.of(),
                                        Samples.route("/", behind.getAddress().getHostAddress(), behind.getPort())),
                                TrustedProxies.NONE,
                                ClientOptions.DEFAULT,
                                A_WHILE)))
                .getFirst()
                .address();
        Socket socket = switch (way) {
            case PLAIN -> new Socket(address.getAddress(), address.getPort());
            case TLS ->
                trusting(certificate.certificate())
                        .getSocketFactory()
                        .createSocket(address.getAddress(), address.getPort());
        };
        socket.setTcpNoDelay(true);
        return new ProxyInFront(upstream, engine, tls, socket);
    }

    private static SSLContext trusting(X509Certificate certificate) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("it", certificate);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException fault) {
            throw new IllegalStateException(fault);
        }
    }

    private static SslHandler noTls(ByteBufAllocator allocator, String host, int port) {
        throw new IllegalStateException("no upstream here speaks TLS");
    }

    DataInputStream in() {
        return in;
    }

    OutputStream out() {
        return out;
    }

    /** The id of the thread that does the proxy's work. */
    long loopThread() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(LOOP))
                .mapToLong(Thread::threadId)
                .max()
                .orElseThrow(() -> new IllegalStateException("no thread is called " + LOOP + "…"));
    }

    @Override
    public void close() throws IOException {
        socket.close();
        engine.close();
        upstream.close();
        tls.close();
    }
}
