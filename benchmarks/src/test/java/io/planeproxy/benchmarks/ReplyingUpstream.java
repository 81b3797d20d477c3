package io.planeproxy.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Answers each request on the loopback with the same small reply; an upgrade makes its connection an echo. */
final class ReplyingUpstream implements AutoCloseable {
    /** As long as {@link Samples#apiReply} says. */
    static final byte[] BODY = new byte[214];

    private static final int BUFFER = 64 * 1024;
    private static final int BACKLOG = 50;

    private final ServerSocket server;

    private ReplyingUpstream(ServerSocket server) {
        this.server = server;
    }

    static ReplyingUpstream start() throws IOException {
        ReplyingUpstream upstream =
                new ReplyingUpstream(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()));
        Thread.ofPlatform().daemon().name("upstream").start(upstream::accept);
        return upstream;
    }

    InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                Thread.ofPlatform().daemon().name("upstream connection").start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream(), BUFFER);
            OutputStream out = socket.getOutputStream();
            byte[] reply = Samples.apiReply();
            while (true) {
                if (Heads.read(in).contains("\r\nUpgrade: ")) {
                    out.write(Samples.switchReply());
                    echo(in, out);
                    return;
                }
                out.write(reply);
                out.write(BODY);
            }
        } catch (IOException gone) {
            // The proxy keeps no connection for ever.
        }
    }

    private static void echo(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            out.write(buffer, 0, count);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
