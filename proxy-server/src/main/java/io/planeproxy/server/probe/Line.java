package io.planeproxy.server.probe;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;

/** One connection along a way, over which is sent what is given and read what comes. Everything that waits has a limit. */
public final class Line implements AutoCloseable {
    private static final int LONGEST_HEAD = 64 << 10;
    private static final int LONGEST_BODY = 64 << 10;
    private static final int HEXADECIMAL = 16;

    private final Socket tcp;
    private final Socket socket;
    private final InputStream in;
    private final List<X509Certificate> certificates;

    private Line(Socket tcp, Socket socket, List<X509Certificate> certificates) throws IOException {
        this.tcp = tcp;
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.certificates = List.copyOf(certificates);
    }

    /**
     * Connects, and shakes hands where the way speaks TLS; any certificate will do.
     *
     * @param patience for each of connecting, the handshake, and each read after it
     */
    public static Line open(Way way, Duration patience) throws IOException {
        int millis = Math.toIntExact(patience.toMillis());
        Socket tcp = new Socket();
        try {
            tcp.connect(way.address(), millis);
            tcp.setTcpNoDelay(true);
            tcp.setSoTimeout(millis);
            return switch (way.security()) {
                case PLAIN -> new Line(tcp, tcp, List.of());
                case TLS -> {
                    SSLSocket tls = AnyCertificate.over(tcp, way.serverName());
                    yield new Line(tcp, tls, AnyCertificate.shown(tls));
                }
            };
        } catch (IOException | RuntimeException failure) {
            tcp.close();
            throw failure;
        }
    }

    /** What the server showed in the handshake, its own first; empty without TLS. */
    public List<X509Certificate> certificates() {
        return certificates;
    }

    public void send(String latin1) throws IOException {
        send(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    public void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** A head and the beginning of the body behind it. */
    public Reply reply() throws IOException {
        return withBody(replyHead());
    }

    /** The beginning of the body behind a head that was just read. */
    Reply withBody(Reply head) throws IOException {
        return new Reply(head.head(), Reply.text(body(head)));
    }

    /** A head alone; no byte behind it is taken. */
    public Reply replyHead() throws IOException {
        return new Reply(head(), "");
    }

    private List<String> head() throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        List<String> lines = new ArrayList<>();
        while (read.size() < LONGEST_HEAD) {
            String line = line(read);
            if (lines.isEmpty() && !Reply.isStatusLine(line)) {
                throw NotHttp.after(read.toByteArray());
            }
            if (line.isEmpty()) {
                return lines;
            }
            lines.add(line);
        }
        throw new IOException("a head of more than " + LONGEST_HEAD + " bytes came");
    }

    private String line(ByteArrayOutputStream read) throws IOException {
        int begin = read.size();
        int next = in.read();
        while (next >= 0 && next != '\n' && read.size() < LONGEST_HEAD) {
            read.write(next);
            next = in.read();
        }
        if (next < 0) {
            throw NotHttp.after(read.toByteArray());
        }
        String line = read.toString(StandardCharsets.ISO_8859_1).substring(begin);
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    private byte[] body(Reply reply) throws IOException {
        if (reply.status() == 204 || reply.status() == 304) {
            return new byte[0];
        }
        if (reply.field("Transfer-Encoding").filter("chunked"::equalsIgnoreCase).isPresent()) {
            return chunks();
        }
        return reply.length()
                .map(length -> (int) Math.min(length, LONGEST_BODY))
                .map(length -> upTo(length))
                .orElseGet(() -> upTo(LONGEST_BODY));
    }

    /** All that comes until so much is there, the end, or no more for as long as a read waits. */
    private byte[] upTo(int length) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try {
            while (body.size() < length) {
                int next = in.read();
                if (next < 0) {
                    break;
                }
                body.write(next);
            }
        } catch (IOException nothingMore) {
            return body.toByteArray();
        }
        return body.toByteArray();
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (body.size() < LONGEST_BODY) {
            String size =
                    line(new ByteArrayOutputStream()).replaceFirst(";.*", "").strip();
            if (!size.matches("[0-9A-Fa-f]{1,7}")) {
                throw new IOException("a chunk begins with \"" + size + "\"; expected its size");
            }
            if (Integer.parseInt(size, HEXADECIMAL) == 0) {
                break;
            }
            body.write(upTo(Math.min(Integer.parseInt(size, HEXADECIMAL), LONGEST_BODY)));
            line(new ByteArrayOutputStream());
        }
        return body.toByteArray();
    }

    /** The next byte, or −1 at the end, as {@link InputStream#read()}. */
    int read() throws IOException {
        return in.read();
    }

    byte[] readExactly(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new Ended();
        }
        return bytes;
    }

    /** How long each read waits from now on. */
    public void patience(Duration patience) throws IOException {
        socket.setSoTimeout(Math.toIntExact(Math.max(1, patience.toMillis())));
    }

    /** The other side ended the connection. */
    static final class Ended extends IOException {
        private static final long serialVersionUID = 1L;

        Ended() {
            super("the connection was ended");
        }
    }

    @Override
    public void close() {
        try {
            tcp.close();
        } catch (IOException gone) {
            // Nobody is there any more to be told.
        }
    }
}
