package io.planeproxy.server.probe;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** The client's side of a WebSocket (RFC 6455) over a line: frames as they come, one at a time. */
public final class WebSocket implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int SWITCHING = 101;
    private static final int KEY_BYTES = 16;
    private static final int FIN = 0x80;
    private static final int MASKED = 0x80;
    private static final int LENGTH_OF_TWO_BYTES = 126;
    private static final int LENGTH_OF_EIGHT_BYTES = 127;
    private static final int LARGEST = 1 << 20;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;

    private final Line line;

    private WebSocket(Line line) {
        this.line = line;
    }

    /** What came of a handshake. */
    public sealed interface Attempt {

        /** It is open. Whoever gets it must close it. */
        record Open(Reply reply, WebSocket socket) implements Attempt {}

        /** A 101 that agrees to something else than was asked. */
        record Wrong(Reply reply, String why) implements Attempt {}

        /** An ordinary reply. */
        record Refused(Reply reply) implements Attempt {}
    }

    /** What comes over an open one. */
    public sealed interface Event {
        record Ping(byte[] payload) implements Event {}

        record Pong(byte[] payload) implements Event {}

        record Message(int bytes) implements Event {}

        /** @param code 1005 where the frame has none */
        record Closed(int code, String reason) implements Event {}

        /** The connection ended without a close frame. */
        record Cut(String how) implements Event {}

        /** Nothing within the time. */
        record Silence() implements Event {}
    }

    /**
     * @param fields further lines of the request's head, without their line ends
     * @param patience for connecting, and for TLS
     * @param answerWithin for each read of the answer
     */
    public static Attempt open(Way way, String target, List<String> fields, Duration patience, Duration answerWithin)
            throws IOException {
        byte[] random = new byte[KEY_BYTES];
        RANDOM.nextBytes(random);
        String key = Base64.getEncoder().encodeToString(random);
        StringBuilder head = new StringBuilder("GET " + target + " HTTP/1.1\r\nHost: " + way.host()
                + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                + key
                + "\r\nUser-Agent: plane-proxy doctor\r\n");
        fields.forEach(field -> head.append(field).append("\r\n"));
        Line line = Line.open(way, patience);
        try {
            line.patience(answerWithin);
            line.send(head.append("\r\n").toString());
            Reply reply = line.replyHead();
            if (reply.status() != SWITCHING) {
                Reply whole = line.withBody(reply);
                line.close();
                return new Attempt.Refused(whole);
            }
            String accept = reply.field("Sec-WebSocket-Accept").orElse("");
            if (!accept.equals(accept(key))) {
                line.close();
                return new Attempt.Wrong(
                        reply,
                        "Sec-WebSocket-Accept is \"" + accept + "\"; expected \"" + accept(key) + "\" for this key");
            }
            return new Attempt.Open(reply, new WebSocket(line));
        } catch (IOException | RuntimeException failure) {
            line.close();
            throw failure;
        }
    }

    static String accept(String key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-1, which every Java must have", e);
        }
    }

    public void ping(byte[] payload) throws IOException {
        send(PING, payload);
    }

    public void pong(byte[] payload) throws IOException {
        send(PONG, payload);
    }

    /** Sends a close frame; what answers it is the next event. */
    public void sendClose(int code) throws IOException {
        send(CLOSE, ByteBuffer.allocate(Short.BYTES).putShort((short) code).array());
    }

    private void send(int opcode, byte[] payload) throws IOException {
        byte[] mask = new byte[4];
        RANDOM.nextBytes(mask);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(FIN | opcode);
        frame.write(MASKED | payload.length);
        frame.write(mask);
        for (int i = 0; i < payload.length; i++) {
            frame.write(payload[i] ^ mask[i % mask.length]);
        }
        line.send(frame.toByteArray());
    }

    /** @param within how long to wait for it */
    public Event next(Duration within) throws IOException {
        try {
            line.patience(within);
            int first = line.read();
            return first < 0 ? new Event.Cut("the connection was ended") : frame(first);
        } catch (SocketTimeoutException nothing) {
            return new Event.Silence();
        } catch (Line.Ended | SocketException cut) {
            return new Event.Cut(String.valueOf(cut.getMessage()));
        }
    }

    private Event frame(int first) throws IOException {
        int opcode = first & 0x0f;
        byte[] payload = payload();
        return switch (opcode) {
            case PING -> new Event.Ping(payload);
            case PONG -> new Event.Pong(payload);
            case CLOSE -> closed(payload);
            default -> new Event.Message(payload.length);
        };
    }

    private byte[] payload() throws IOException {
        int second = line.readExactly(1)[0] & 0xff;
        long length = switch (second & 0x7f) {
            case LENGTH_OF_TWO_BYTES -> ByteBuffer.wrap(line.readExactly(2)).getShort() & 0xffff;
            case LENGTH_OF_EIGHT_BYTES -> ByteBuffer.wrap(line.readExactly(8)).getLong();
            default -> second & 0x7f;
        };
        if (length < 0 || length > LARGEST) {
            throw new IOException("a frame of " + length + " bytes came; expected none above " + LARGEST);
        }
        return line.readExactly((int) length);
    }

    private static Event closed(byte[] payload) {
        return payload.length < Short.BYTES
                ? new Event.Closed(1005, "")
                : new Event.Closed(
                        ByteBuffer.wrap(payload).getShort() & 0xffff,
                        Reply.text(Arrays.copyOfRange(payload, Short.BYTES, payload.length)));
    }

    @Override
    public void close() {
        line.close();
    }
}
