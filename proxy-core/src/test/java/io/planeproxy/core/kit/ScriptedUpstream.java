package io.planeproxy.core.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * An HTTP/1.1 server on the loopback that records what comes and answers by a {@link Script}.
 *
 * <p>{@link #close} fails the test when anything malformed came, or when a script failed. A request that was cut short is no fault: {@link
 * #awaitRequest} and {@link #requests} simply never show it.
 */
public final class ScriptedUpstream implements AutoCloseable {
    private final ServerSocket server;
    private final Script script;
    private final Record record = new Record();
    private final List<UpstreamConnection> connections = new ArrayList<>();
    private final Thread acceptor = Thread.ofVirtual().name("scripted-upstream").unstarted(this::accept);

    /** On a free port of 127.0.0.1. */
    public static ScriptedUpstream answering(Script script) {
        return at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), script);
    }

    /** On a socket that listens already, such as one that speaks TLS; closed with the upstream. */
    public static ScriptedUpstream on(ServerSocket server, Script script) {
        ScriptedUpstream upstream = new ScriptedUpstream(server, script);
        upstream.acceptor.start();
        return upstream;
    }

    /** On an address that is known already, for an upstream that comes back. */
    public static ScriptedUpstream at(InetSocketAddress address, Script script) {
        try {
            ServerSocket server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(address);
            return on(server, script);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + address, e);
        }
    }

    private ScriptedUpstream(ServerSocket server, Script script) {
        this.server = server;
        this.script = script;
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
    }

    /** Waits for the next whole request that this method has not given yet. */
    public Request awaitRequest() {
        return record.take(record.whole, "a whole request", this);
    }

    /** Waits for the next request head that this method has not given yet. */
    public Request awaitHead() {
        return record.take(record.heads, "a request head", this);
    }

    /** Every whole request so far, connection by connection. */
    public List<Request> requests() {
        return snapshot().stream()
                .flatMap(connection -> connection.requests().stream())
                .toList();
    }

    public synchronized int connectionCount() {
        return connections.size();
    }

    /** Waits until so many connections have been accepted, and gives all that were. */
    public synchronized List<UpstreamConnection> awaitConnections(int count) {
        long end = System.nanoTime() + Patience.LIMIT.toNanos();
        while (connections.size() < count) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError(
                        connections.size() + " connections after " + Patience.LIMIT + ", expected " + count);
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting for connections", e);
            }
        }
        return List.copyOf(connections);
    }

    /** Waits for the connection of this number, from 1. */
    public UpstreamConnection awaitConnection(int number) {
        return awaitConnections(number).get(number - 1);
    }

    @Override
    public void close() {
        stopListening();
        List<UpstreamConnection> all = snapshot();
        all.forEach(UpstreamConnection::closeQuietly);
        for (UpstreamConnection connection : all) {
            connection.fault().filter(ScriptedUpstream::isAccusation).ifPresent(fault -> {
                throw new AssertionError(
                        "on connection " + connection.number() + " of the upstream: " + fault.getMessage(), fault);
            });
        }
    }

    /** The kernel refuses connections only when the thread that accepts has let go of the socket. */
    private void stopListening() {
        try {
            server.close();
            acceptor.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isAccusation(Throwable fault) {
        return !(fault instanceof WireFault wire) || wire.kind() == WireFault.Kind.MALFORMED;
    }

    private synchronized List<UpstreamConnection> snapshot() {
        return List.copyOf(connections);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                UpstreamConnection connection = accepted(server.accept());
                Thread.ofVirtual()
                        .name("upstream-connection-" + connection.number())
                        .start(() -> connection.serve(script));
            } catch (IOException closedOrGone) {
                // the loop ends when the server is closed; a connection that was gone at once leaves nothing to serve
            }
        }
    }

    private synchronized UpstreamConnection accepted(Socket socket) throws IOException {
        UpstreamConnection connection = new UpstreamConnection(connections.size() + 1, socket, record);
        connections.add(connection);
        notifyAll();
        return connection;
    }

    private String soFar() {
        StringBuilder text = new StringBuilder();
        for (UpstreamConnection connection : snapshot()) {
            text.append("; connection ")
                    .append(connection.number())
                    .append(" got ")
                    .append(Wire.show(connection.received()));
            connection.fault().ifPresent(fault -> text.append(" and failed: ").append(fault.getMessage()));
        }
        return text.isEmpty() ? "; there was no connection" : text.toString();
    }

    /** Where the connections put what has come, for tests to wait on. */
    static final class Record {
        private final BlockingQueue<Request> heads = new LinkedBlockingQueue<>();
        private final BlockingQueue<Request> whole = new LinkedBlockingQueue<>();

        void head(Request head) {
            heads.add(head);
        }

        void request(Request request) {
            whole.add(request);
        }

        private Request take(BlockingQueue<Request> queue, String what, ScriptedUpstream upstream) {
            try {
                Request next = queue.poll(Patience.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
                if (next == null) {
                    throw new AssertionError("the upstream got no further request for " + Patience.LIMIT + ", expected "
                            + what + upstream.soFar());
                }
                return next;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting for " + what, e);
            }
        }
    }
}
