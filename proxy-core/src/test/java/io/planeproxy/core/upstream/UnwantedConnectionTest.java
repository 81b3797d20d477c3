package io.planeproxy.core.upstream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.exchange.Event;
import io.planeproxy.core.http.Scheme;
import io.planeproxy.core.kit.Patience;
import io.planeproxy.core.kit.RecordingJournal;
import io.planeproxy.core.relay.UpstreamSource;
import io.planeproxy.core.relay.UpstreamStream;
import io.planeproxy.core.route.Upstream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A connection that stands only when whom it was opened for has left. */
final class UnwantedConnectionTest {
    private static final UpstreamOptions KEPT_LONG =
            new UpstreamOptions(Patience.LIMIT, Duration.ofHours(1), 64, 64, 64);

    private interface Upstreams {
        void serve(Socket connection) throws IOException;
    }

    @Test
    void itsEndIsNoticed() throws Exception {
        unwanted(Socket::shutdownOutput);
    }

    @Test
    void itIsGivenToNobodyWhereTheUpstreamSpeaksUnasked() throws Exception {
        unwanted(connection -> connection.getOutputStream().write("HTTP/1.1 408 Request Timeout\r\n\r\n".getBytes()));
    }

    /** Such a connection, which the pool must close by itself at what the upstream does. */
    private static void unwanted(Upstreams upstream) throws Exception {
        CompletableFuture<List<InetAddress>> name = new CompletableFuture<>();
        RecordingJournal journal = new RecordingJournal();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory())) {
            EventLoop loop = group.next();
            UpstreamPool pool = new UpstreamPool(
                    loop,
                    host -> name,
                    NioSocketChannel.class,
                    (allocator, host, port) -> {
                        throw new AssertionError("nobody speaks TLS here");
                    },
                    KEPT_LONG,
                    new HoldCount(),
                    journal);
            Upstream to = new Upstream(Scheme.HTTP, "upstream.example", server.getLocalPort());
            loop.submit(() -> pool.lease(to, UpstreamSource.Freshness.ANY, new Leaver())
                            .withdraw())
                    .get();
            name.complete(List.of(server.getInetAddress()));
            server.setSoTimeout((int) Patience.LIMIT.toMillis());
            try (Socket connection = server.accept()) {
                connection.setSoTimeout((int) Patience.LIMIT.toMillis());
                upstream.serve(connection);
                assertEquals(-1, connection.getInputStream().read());
            }
        }
        journal.assertNoBugs();
    }

    private static final class Leaver implements UpstreamSource.Taker {
        @Override
        public void leased(UpstreamStream stream, Event.Leased.Origin origin) {
            throw new AssertionError("it has left");
        }

        @Override
        public void leaseFailed(Refusal refusal) {
            throw new AssertionError("it has left");
        }
    }
}
