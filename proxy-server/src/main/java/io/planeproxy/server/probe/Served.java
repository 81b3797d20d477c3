package io.planeproxy.server.probe;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The server's side of one connection: reads one request, opens a WebSocket where it asks for one, and ends. */
public final class Served implements AutoCloseable {
    private static final int LONGEST_HEAD = 128 << 10;
    private static final int FIN = 0x80;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int SHORT_PAYLOAD = 125;

    private final Socket client;
    private final InputStream in;

    private Served(Socket client) throws IOException {
        this.client = client;
        this.in = new BufferedInputStream(client.getInputStream());
    }

    /** @param patience for each read */
    public static Served of(Socket client, Duration patience) throws IOException {
        client.setSoTimeout(Math.toIntExact(patience.toMillis()));
        client.setTcpNoDelay(true);
        return new Served(client);
    }

    /** The request line and the fields, a line each. */
    public List<String> head() throws IOException {
        List<String> lines = new ArrayList<>();
        int read = 0;
        while (read < LONGEST_HEAD) {
            String line = line();
            if (line.isEmpty()) {
                return lines;
            }
            read += line.length();
            lines.add(line);
        }
        throw new IOException("a head of more than " + LONGEST_HEAD + " bytes came");
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        while (next >= 0 && next != '\n' && line.size() < LONGEST_HEAD) {
            line.write(next);
            next = in.read();
        }
        if (next < 0) {
            throw new Line.Ended();
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    /** 101 and then frames until the client closes, where the request asks for a WebSocket; 204 otherwise. */
    public void answer(List<String> head) throws IOException {
        Optional<String> key = Heads.field(head, "Sec-WebSocket-Key");
        boolean upgrades = Heads.field(head, "Upgrade")
                .filter("websocket"::equalsIgnoreCase)
                .isPresent();
        if (key.isEmpty() || !upgrades) {
            send("HTTP/1.1 204 No Content\r\nX-Plane-Proxy-Trace: here\r\nConnection: close\r\n\r\n");
            return;
        }
        send(
                "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nX-Plane-Proxy-Trace: here\r\n"
                        + "Sec-WebSocket-Accept: " + WebSocket.accept(key.get()) + "\r\n\r\n");
        talk();
    }

    /** Answers pings, echoes a close, and says nothing by itself. */
    private void talk() throws IOException {
        while (true) {
            int opcode = exactly(1)[0] & 0x0f;
            int second = exactly(1)[0] & 0xff;
            int length = second & 0x7f;
            if (length > SHORT_PAYLOAD) {
                return;
            }
            byte[] mask = exactly(4);
            byte[] payload = exactly(length);
            for (int i = 0; i < payload.length; i++) {
                payload[i] ^= mask[i % mask.length];
            }
            switch (opcode) {
                case PING -> frame(PONG, payload);
                case CLOSE -> {
                    frame(CLOSE, payload);
                    return;
                }
                default -> {}
            }
        }
    }

    private void frame(int opcode, byte[] payload) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(FIN | opcode);
        frame.write(payload.length);
        frame.write(payload);
        client.getOutputStream().write(frame.toByteArray());
    }

    private byte[] exactly(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new Line.Ended();
        }
        return bytes;
    }

    private void send(String latin1) throws IOException {
        client.getOutputStream().write(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
