package io.planeproxy.core.kit;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One connection that a {@link ScriptedUpstream} accepted: what came on it, and how the peer ended it. */
public final class UpstreamConnection {
    private final int number;
    private final Socket socket;
    private final OutputStream out;
    private final StrictReader reader;
    private final MessageReader messages;
    private final ScriptedUpstream.Record record;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Ending> ending = new CompletableFuture<>();
    private volatile Optional<Throwable> fault = Optional.empty();

    UpstreamConnection(int number, Socket socket, ScriptedUpstream.Record record) throws IOException {
        this.number = number;
        this.socket = socket;
        this.record = record;
        socket.setTcpNoDelay(true);
        this.out = socket.getOutputStream();
        this.reader = new StrictReader(socket.getInputStream());
        this.messages = new MessageReader(reader);
    }

    /** Serves requests until the peer ends or the script has closed. */
    void serve(Script script) {
        try {
            boolean goesOn = true;
            while (goesOn && !reader.atEnd()) {
                Request head = messages.requestHead();
                record.head(head);
                UpstreamExchange exchange = new UpstreamExchange(this, head);
                script.serve(exchange);
                exchange.finish();
                goesOn = exchange.isHttpStill();
            }
            if (goesOn) {
                ending.complete(Ending.CLOSED);
                socket.close();
            }
        } catch (StrictReader.PeerReset reset) {
            ending.complete(Ending.RESET);
        } catch (IOException peerGone) {
            ending.complete(Ending.RESET);
        } catch (WireFault wire) {
            fault = Optional.of(wire);
            endAfter(wire);
        } catch (RuntimeException | Error ours) {
            fault = Optional.of(ours);
            ending.completeExceptionally(ours);
            closeQuietly();
        }
    }

    /** 1 for the first connection that was accepted. */
    public int number() {
        return number;
    }

    /** The whole requests so far, in order. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** Exactly the bytes that came, in order. */
    public byte[] received() {
        return reader.arrived();
    }

    public String receivedText() {
        return Wire.text(received());
    }

    /** What was wrong with the bytes that came, or with the script. */
    public Optional<Throwable> fault() {
        return fault;
    }

    /** Waits until the peer has ended this connection. The script must be reading, or have returned. */
    public Ending awaitEnd() {
        try {
            return ending.get(Patience.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("connection " + number + " is still open after " + Patience.LIMIT
                    + ", expected the peer to end it; had arrived: " + Wire.show(received()));
        } catch (ExecutionException e) {
            throw new AssertionError("connection " + number + " of the upstream failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for the end of connection " + number, e);
        }
    }

    Request readBody(Request head) {
        Request whole = messages.withBody(head);
        requests.add(whole);
        record.request(whole);
        return whole;
    }

    byte[] bytes(int count) {
        return reader.exactly(count, count + " bytes behind the head");
    }

    byte[] some() {
        byte[] part = reader.some(16 * 1024);
        if (part.length == 0) {
            ending.complete(Ending.CLOSED);
        }
        return part;
    }

    Rest untilEnd() {
        Rest rest = reader.untilEnd();
        ending.complete(rest.ending());
        return rest;
    }

    void write(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    void halfClose() throws IOException {
        socket.shutdownOutput();
    }

    void close() throws IOException {
        socket.close();
    }

    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    boolean isClosed() {
        return socket.isClosed();
    }

    void closeQuietly() {
        try {
            socket.close();
        } catch (IOException gone) {
            // gone already
        }
    }

    private void endAfter(WireFault wire) {
        switch (wire.kind()) {
            case CUT -> ending.complete(Ending.CLOSED);
            case MALFORMED, SILENT -> ending.completeExceptionally(wire);
        }
        closeQuietly();
    }
}
