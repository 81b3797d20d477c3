package io.planeproxy.server.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Answers whatever comes as an HTTP server does that was sent something else: 400. */
final class ServerOfPlainHttp implements AutoCloseable {
    private static final byte[] ANSWER = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket server;

    private ServerOfPlainHttp(ServerSocket server) {
        this.server = server;
    }

    static ServerOfPlainHttp start() {
        try {
            ServerOfPlainHttp started =
                    new ServerOfPlainHttp(new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1")));
            Thread.ofVirtual().start(started::serve);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                if (client.getInputStream().read() >= 0) {
                    client.getOutputStream().write(ANSWER);
                }
            } catch (IOException goneOrClosed) {
                // The next client, or the end of the test.
            }
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
