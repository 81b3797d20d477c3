package io.planeproxy.server.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** The kernel accepts connections for it, and nobody ever reads what comes. */
final class ServerThatIsSilent implements AutoCloseable {
    private final ServerSocket server;

    private ServerThatIsSilent(ServerSocket server) {
        this.server = server;
    }

    static ServerThatIsSilent start() {
        try {
            return new ServerThatIsSilent(new ServerSocket(0, 200, InetAddress.ofLiteral("127.0.0.1")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.getLocalPort();
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
