package io.planeproxy.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Agrees to one upgrade on the loopback, and sends back whatever comes then. */
final class EchoUpstream implements AutoCloseable {
    private static final int BUFFER = 64 * 1024;

    private final ServerSocket server;

    private EchoUpstream(ServerSocket server) {
        this.server = server;
    }

    static EchoUpstream start() throws IOException {
        EchoUpstream upstream = new EchoUpstream(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        Thread.ofPlatform().daemon().name("echo").start(upstream::serve);
        return upstream;
    }

    InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    private void serve() {
        try (Socket socket = server.accept()) {
            socket.setTcpNoDelay(true);
            echo(socket.getInputStream(), socket.getOutputStream());
        } catch (IOException e) {
            if (!server.isClosed()) {
                System.err.println("the echo ended before the benchmark did: " + e);
            }
        }
    }

    private static void echo(InputStream in, OutputStream out) throws IOException {
        Heads.read(in);
        out.write(Samples.switchReply());
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
