package io.planeproxy.server.systemd;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The unix datagram socket on which systemd hears what the program says of itself. */
final class NotifySocket {
    private static final int LONGEST_PATH = 107;

    private final byte[] path;

    private NotifySocket(byte[] path) {
        this.path = path;
    }

    /**
     * @param name the variable {@code NOTIFY_SOCKET}: an absolute path, or {@code @} before a name without a file
     * @throws IOException when it cannot be used; the message says why, for the operator
     */
    static NotifySocket named(String name) throws IOException {
        byte[] path = name.getBytes(StandardCharsets.UTF_8);
        if (!name.startsWith("/") && !name.startsWith("@")) {
            throw new IOException("it is neither a path nor a name after @");
        }
        if (path.length > LONGEST_PATH) {
            throw new IOException("it is longer than the " + LONGEST_PATH + " bytes that a unix socket can have");
        }
        Optional<Throwable> missing = Optional.ofNullable(Epoll.unavailabilityCause());
        if (missing.isPresent()) {
            throw new IOException("Netty's epoll, which can send to it, does not load here: "
                    + missing.get().getMessage());
        }
        if (name.startsWith("@")) {
            // unix(7), abstract sockets: a zero byte in place of a path.
            path[0] = 0;
        }
        return new NotifySocket(path);
    }

    /**
     * One datagram; does not wait.
     *
     * @throws IOException when nobody listens there, or too much waits there already
     */
    void send(String message) throws IOException {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        ByteBuffer datagram = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        Socket socket = Socket.newSocketDomainDgram();
        try {
            int sent = socket.sendToDomainSocket(datagram, 0, bytes.length, path);
            if (sent != bytes.length) {
                throw new IOException("systemd has not yet taken what was said before");
            }
        } finally {
            socket.close();
        }
    }
}
