package io.planeproxy.core.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.h1.UpstreamConnection;
import io.planeproxy.core.http.Scheme;
import io.planeproxy.core.kit.Patience;
import io.planeproxy.core.kit.RecordingJournal;
import io.planeproxy.core.route.Upstream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a connect yields that fails before anybody has answered. */
final class ConnectorTest {
    private static final Upstream UPSTREAM = new Upstream(Scheme.HTTP, "upstream.example", 3000);
    private static final UpstreamOptions IMPATIENT =
            new UpstreamOptions(Duration.ofMillis(50), Duration.ofSeconds(1), 8, 8, 8);
    private static final UpstreamTlsHandlers NO_TLS = (allocator, host, port) -> {
        throw new AssertionError("nobody speaks TLS here");
    };

    /** A socket of a system that has none left. */
    public static final class NoSocket extends NioSocketChannel {
        public NoSocket() {
            throw new ChannelException(new java.io.IOException("Too many open files"));
        }
    }

    private record Told(boolean onItsLoop, Refusal refusal) {}

    @Test
    void theLackOfASocketIsToldOnTheEventLoopAndByItsName() throws Exception {
        Told told = told(NoSocket.class, InetAddress.getLoopbackAddress());
        assertEquals("no-socket-left", told.refusal.cause().code());
        assertEquals(UPSTREAM + ": Too many open files", told.refusal.detail());
        assertEquals(true, told.onItsLoop);
    }

    /** No TCP connection can be made to the broadcast address, on any machine. */
    @Test
    void whatANameLeadsToIsNotTold() throws Exception {
        Told told =
                told(NioSocketChannel.class, InetAddress.getByAddress(UPSTREAM.host(), new byte[] {-1, -1, -1, -1}));
        assertEquals("upstream-unreachable", told.refusal.cause().code());
        assertEquals(UPSTREAM + ": Network is unreachable", told.refusal.detail());
    }

    @Test
    void theLimitHoldsWhileTheNameIsLookedUp() throws Exception {
        Told told = told(NioSocketChannel.class, name -> new CompletableFuture<>(), IMPATIENT, NO_TLS, UPSTREAM);
        assertEquals("upstream-unresolved", told.refusal.cause().code());
        assertEquals(
                "the name \"upstream.example\" of " + UPSTREAM + " did not resolve within PT0.05S",
                told.refusal.detail());
    }

    @Test
    void theLimitHoldsWhileTheUpstreamDoesNotSayHello() throws Exception {
        SslContext tls =
                SslContextBuilder.forClient().sslProvider(SslProvider.JDK).build();
        try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Upstream upstream = new Upstream(Scheme.HTTPS, "upstream.example", mute.getLocalPort());
            Told told = told(
                    NioSocketChannel.class,
                    name -> CompletableFuture.completedFuture(List.of(mute.getInetAddress())),
                    IMPATIENT,
                    tls::newHandler,
                    upstream);
            assertEquals("upstream-tls-failed", told.refusal.cause().code());
        }
    }

    private static Told told(Class<? extends Channel> socket, InetAddress address) throws Exception {
        return told(
                socket,
                name -> CompletableFuture.completedFuture(List.of(address)),
                UpstreamOptions.DEFAULT,
                NO_TLS,
                UPSTREAM);
    }

    private static Told told(
            Class<? extends Channel> socket,
            Resolver resolver,
            UpstreamOptions options,
            UpstreamTlsHandlers tls,
            Upstream upstream)
            throws Exception {
        try (MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory())) {
            EventLoop loop = group.next();
            Connector connector = new Connector(loop, resolver, socket, tls, options, new RecordingJournal());
            CompletableFuture<Told> told = new CompletableFuture<>();
            loop.execute(() -> connector.connect(upstream, nobody(), new Connector.Result() {
                @Override
                public void connected(UpstreamConnection connection) {
                    told.completeExceptionally(new AssertionError("connected without a way to"));
                }

                @Override
                public void failed(Refusal refusal) {
                    told.complete(new Told(loop.inEventLoop(), refusal));
                }
            }));
            return told.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private static UpstreamConnection.Home nobody() {
        return new UpstreamConnection.Home() {
            @Override
            public void gaveBack(UpstreamConnection connection) {}

            @Override
            public void left(UpstreamConnection connection) {}
        };
    }
}
