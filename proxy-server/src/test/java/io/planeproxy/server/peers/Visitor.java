package io.planeproxy.server.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.planeproxy.core.kit.Meter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Asks again and again, each time over a new connection, none of which may be refused, lost or answered with anything but 200. */
final class Visitor implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final InetSocketAddress address;
    private final byte[] request;
    private final Meter served = new Meter();
    private final CompletableFuture<Void> visits;
    private volatile boolean over;

    private Visitor(InetSocketAddress address, String path) {
        this.address = address;
        this.request = ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        this.visits = CompletableFuture.runAsync(this::visitUntilTheEnd);
    }

    static Visitor of(InetSocketAddress address, String path) {
        return new Visitor(address, path);
    }

    private void visitUntilTheEnd() {
        while (!over) {
            try (Socket socket = new Socket()) {
                socket.connect(address, (int) LIMIT.toMillis());
                socket.setSoTimeout((int) LIMIT.toMillis());
                socket.getOutputStream().write(request);
                String reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
                assertEquals("HTTP/1.1 200 OK", reply.lines().findFirst().orElse("nothing"), reply);
                served.add(1);
            } catch (IOException lost) {
                throw new UncheckedIOException("after " + served.count() + " visits", lost);
            }
        }
    }

    /** Until so many more have been served; fails at once where one was not. */
    void awaitMore(int visits) {
        long wanted = served.count() + visits;
        while (served.count() < wanted && !this.visits.isDone()) {
            Thread.onSpinWait();
        }
        assertUnharmed();
    }

    void assertUnharmed() {
        if (visits.isDone()) {
            visits.join();
        }
    }

    @Override
    public void close() {
        over = true;
        visits.join();
    }
}
