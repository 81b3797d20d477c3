package io.planeproxy.core.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A port that refuses connections for certain: it is bound, so that nobody else gets it, and nothing listens. An upstream
 * may come to listen on it later.
 */
public final class RefusingPort implements AutoCloseable {
    private final Socket bound;

    private RefusingPort(Socket bound) {
        this.bound = bound;
    }

    public static RefusingPort take() {
        try {
            Socket socket = new Socket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
            return new RefusingPort(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) bound.getLocalSocketAddress();
    }

    @Override
    public void close() {
        try {
            bound.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
