package io.planeproxy.server.doctor;

import io.planeproxy.server.probe.Served;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Stands where Plane would: takes what the proxy passes on, notes how it came, and answers. Lives as long as its check. */
final class FarEnd implements AutoCloseable {
    private static final int BACKLOG = 50;

    private final ServerSocket server;
    private final Duration patience;
    private final Queue<List<String>> heads = new ConcurrentLinkedQueue<>();

    private FarEnd(ServerSocket server, Duration patience) {
        this.server = server;
        this.patience = patience;
    }

    /** @param patience for whatever a client does next; a WebSocket may be silent for so long */
    static FarEnd open(Duration patience) throws IOException {
        FarEnd opened = new FarEnd(new ServerSocket(0, BACKLOG, InetAddress.ofLiteral("127.0.0.1")), patience);
        Thread.ofVirtual().name("far-end").start(opened::serve);
        return opened;
    }

    int port() {
        return server.getLocalPort();
    }

    /** The heads that have come, a line each: the request line, then the fields. */
    List<List<String>> heads() {
        return List.copyOf(heads);
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().name("far-end-connection").start(() -> serve(client));
            } catch (IOException closed) {
                // The loop ends with the server.
            }
        }
    }

    private void serve(Socket client) {
        try (Served served = Served.of(client, patience)) {
            List<String> head = served.head();
            heads.add(head);
            served.answer(head);
        } catch (IOException gone) {
            // What a client does that leaves is seen at the client's end.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
