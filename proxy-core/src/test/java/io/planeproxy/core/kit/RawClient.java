package io.planeproxy.core.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;

/**
 * One connection to a server, on which exactly those bytes are written that the test gives, and replies are read strictly.
 *
 * <p>Everything that reads fails with a {@link WireFault} that shows what had arrived; everything that writes fails with an {@link
 * UncheckedIOException} when the peer is gone, save {@link #sendAsFarAsTaken}.
 */
public final class RawClient implements AutoCloseable {
    private final Socket tcp;
    private final Socket socket;
    private final OutputStream out;
    private final StrictReader reader;
    private final MessageReader messages;

    public static RawClient to(InetSocketAddress server) {
        Socket tcp = connected(server, new Socket());
        return new RawClient(tcp, tcp);
    }

    /** A client whose kernel takes only about {@code receiveBytes} that it has not read. */
    public static RawClient withSmallWindow(InetSocketAddress server, int receiveBytes) {
        Socket tcp = new Socket();
        try {
            tcp.setReceiveBufferSize(receiveBytes);
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
        return new RawClient(connected(server, tcp), tcp);
    }

    /** A client over TLS that accepts every certificate and names {@code serverName} in its hello. */
    public static RawClient overTls(InetSocketAddress server, String serverName) {
        Socket tcp = connected(server, new Socket());
        SSLSocket tls = TrustAll.handshake(tcp, serverName, server.getPort());
        return new RawClient(tcp, tls);
    }

    /** The same, with these bytes before the handshake. */
    public static RawClient overTls(InetSocketAddress server, String serverName, String before) {
        Socket tcp = connected(server, new Socket());
        try {
            tcp.getOutputStream().write(Wire.bytes(before));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new RawClient(tcp, TrustAll.handshake(tcp, serverName, server.getPort()));
    }

    private RawClient(Socket tcp, Socket socket) {
        this.tcp = tcp;
        this.socket = socket;
        try {
            socket.setSoTimeout((int) Patience.LIMIT.toMillis());
            this.out = socket.getOutputStream();
            InputStream in = socket.getInputStream();
            this.reader = new StrictReader(in);
            this.messages = new MessageReader(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Socket connected(InetSocketAddress server, Socket tcp) {
        try {
            tcp.setTcpNoDelay(true);
            tcp.connect(server, (int) Patience.LIMIT.toMillis());
            return tcp;
        } catch (IOException e) {
            throw new UncheckedIOException("no connection to " + server, e);
        }
    }

    public RawClient send(String latin1) {
        return send(Wire.bytes(latin1));
    }

    public RawClient send(byte[] bytes) {
        try {
            out.write(bytes);
            out.flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the peer takes nothing more (" + e.getMessage() + "); had arrived: " + Wire.show(reader.arrived()),
                    e);
        }
    }

    public RawClient sendByteByByte(String latin1) {
        return send(Cuts.every(1, Wire.bytes(latin1)));
    }

    /** Each piece with a write of its own. */
    public RawClient send(List<byte[]> pieces) {
        pieces.forEach(this::send);
        return this;
    }

    /** Writes the pieces until the peer takes no more, and tells how many bytes it took. */
    public long sendAsFarAsTaken(List<byte[]> pieces) {
        long taken = 0;
        try {
            for (byte[] piece : pieces) {
                out.write(piece);
                taken += piece.length;
            }
            out.flush();
        } catch (IOException peerGone) {
            return taken;
        }
        return taken;
    }

    /** Writes as {@link #sendAsFarAsTaken} on a thread of its own, so that the test can read meanwhile. */
    public CompletableFuture<Long> sendBeside(List<byte[]> pieces) {
        CompletableFuture<Long> done = new CompletableFuture<>();
        Thread.ofVirtual().name("raw-client-writer").start(() -> done.complete(sendAsFarAsTaken(pieces)));
        return done;
    }

    /** Ends this direction; replies can still be read. */
    public RawClient halfClose() {
        try {
            socket.shutdownOutput();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the server showed of itself. */
    public X509Certificate certificate() {
        try {
            return (X509Certificate) ((SSLSocket) socket).getSession().getPeerCertificates()[0];
        } catch (SSLPeerUnverifiedException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends both directions at once with RST. */
    public void reset() {
        try {
            tcp.setSoLinger(true, 0);
            tcp.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Exactly one final reply to a request of the given method, with the interim replies before it. */
    public Reply reply(String method) {
        return strictly(() -> messages.reply(method));
    }

    /** Every reply until the peer ends between two replies, by closing or by a reset, where each request had the given method. */
    public List<Reply> repliesUntilEnd(String method) {
        return strictly(() -> {
            List<Reply> replies = new ArrayList<>();
            while (!endsHere()) {
                replies.add(messages.reply(method));
            }
            return replies;
        });
    }

    private boolean endsHere() {
        try {
            return reader.atEnd();
        } catch (StrictReader.PeerReset reset) {
            return true;
        }
    }

    /** Exactly one head, which must be an interim reply or a 101; no byte behind it is consumed. */
    public Reply interim() {
        Reply head = strictly(messages::replyHead);
        if (head.status() >= 200) {
            throw new AssertionError("got " + head + ", expected an interim reply");
        }
        return head;
    }

    /** Exactly one head of whatever status, without its body. */
    public Reply head() {
        return strictly(messages::replyHead);
    }

    public byte[] bytes(int count) {
        return strictly(() -> reader.exactly(count, count + " bytes"));
    }

    /** Waits until something has come that was not read yet, and reads nothing of it. */
    public RawClient awaitFirstByte() {
        strictly(reader::atEnd);
        return this;
    }

    /** At least one byte, or none at the peer's end. */
    public byte[] some() {
        return strictly(() -> reader.some(16 * 1024));
    }

    /** All that still comes; fails when the peer does not end. */
    public Rest untilEnd() {
        return reader.untilEnd();
    }

    /** True when no further byte comes and the peer has ended; fails when it stays silent and open. */
    public boolean ended() {
        return untilEnd().bytes().length == 0;
    }

    /** True when for that long the peer neither sent a byte nor ended. For what must NOT happen; otherwise wait for the event. */
    public boolean silentFor(Duration time) {
        try {
            socket.setSoTimeout((int) time.toMillis());
            reader.atEnd();
            return false;
        } catch (WireFault fault) {
            return fault.kind() == WireFault.Kind.SILENT;
        } catch (StrictReader.PeerReset reset) {
            return false;
        } catch (SocketException closed) {
            return false;
        } finally {
            patientAgain();
        }
    }

    /** Every byte that this client has read off its socket so far. */
    public byte[] arrived() {
        return reader.arrived();
    }

    @Override
    public void close() {
        try {
            socket.close();
            tcp.close();
        } catch (IOException gone) {
            // a peer that is gone already cannot be told
        }
    }

    private void patientAgain() {
        try {
            if (!socket.isClosed()) {
                socket.setSoTimeout((int) Patience.LIMIT.toMillis());
            }
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T strictly(Supplier<T> read) {
        try {
            return read.get();
        } catch (StrictReader.PeerReset reset) {
            throw new WireFault(WireFault.Kind.CUT, String.valueOf(reset.getMessage()));
        }
    }
}
