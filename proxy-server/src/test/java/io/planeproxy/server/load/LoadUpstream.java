package io.planeproxy.server.load;

import io.planeproxy.core.kit.WebSocketHandshake;
import io.planeproxy.core.kit.Wire;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;

/**
 * An upstream that keeps nothing of what passes: {@code /upload} answers with the hash of the body, {@code /download/SEED/SIZE} with
 * that content, {@code /dying/SIZE} with so much of a longer reply and its death, {@code /dead} with its death alone. The socket of
 * {@code /socket} echoes, that of {@code /lost-socket/NUMBER} once.
 */
final class LoadUpstream implements AutoCloseable {
    private static final int CHUNK = 7000;

    private final ServerSocket server;

    LoadUpstream() {
        try {
            server = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("load-upstream").start(this::accept);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = new BufferedOutputStream(socket.getOutputStream());
            while (serveOne(socket, in, out)) {
                out.flush();
            }
        } catch (IOException proxyLeft) {
            // a client that aborts makes the proxy abort too
        }
    }

    private static boolean serveOne(Socket socket, InputStream in, OutputStream out) throws IOException {
        String head = head(in);
        String[] path =
                head.substring(head.indexOf(' ') + 1, head.indexOf(" HTTP/")).split("/");
        switch (path[1]) {
            case "upload" -> {
                String hash = Content.hash(body(head, in));
                out.write(Wire.bytes("HTTP/1.1 200 OK\r\nContent-Length: " + hash.length() + "\r\n\r\n" + hash));
                return true;
            }
            case "download" -> {
                download(out, Content.of(Long.parseLong(path[2]), Integer.parseInt(path[3])));
                return true;
            }
            case "dying" -> {
                int size = Integer.parseInt(path[2]);
                out.write(Wire.bytes("HTTP/1.1 200 OK\r\nContent-Length: " + (size + 1) + "\r\n\r\n"));
                out.write(new byte[size]);
                out.flush();
                dieAtEven(socket, size);
                return false;
            }
            case "socket" -> {
                out.write(Wire.bytes(WebSocketHandshake.switching(WebSocketHandshake.KEY)));
                out.flush();
                byte[] buffer = new byte[8192];
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    out.write(buffer, 0, read);
                    out.flush();
                }
                return false;
            }
            case "lost-socket" -> {
                out.write(Wire.bytes(WebSocketHandshake.switching(WebSocketHandshake.KEY)));
                out.flush();
                byte[] buffer = new byte[8192];
                out.write(buffer, 0, Math.max(0, in.read(buffer)));
                out.flush();
                dieAtEven(socket, Integer.parseInt(path[2]));
                return false;
            }
            case "dead" -> {
                return false;
            }
            default -> throw new IllegalStateException("no client here asks for " + head);
        }
    }

    /** By a reset, and otherwise in good order. */
    private static void dieAtEven(Socket socket, int number) throws IOException {
        if (number % 2 == 0) {
            socket.setSoLinger(true, 0);
        }
    }

    /** An even size with a length, an odd one in chunks. */
    private static void download(OutputStream out, byte[] content) throws IOException {
        if (content.length % 2 == 0) {
            out.write(Wire.bytes("HTTP/1.1 200 OK\r\nContent-Length: " + content.length + "\r\n\r\n"));
            out.write(content);
            return;
        }
        out.write(Wire.bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"));
        for (int at = 0; at < content.length; at += CHUNK) {
            int part = Math.min(CHUNK, content.length - at);
            out.write(Wire.bytes(Integer.toHexString(part) + "\r\n"));
            out.write(content, at, part);
            out.write(Wire.bytes("\r\n"));
        }
        out.write(Wire.bytes("0\r\n\r\n"));
    }

    private static byte[] body(String head, InputStream in) throws IOException {
        String fields = head.toLowerCase(Locale.ROOT);
        int length = fields.indexOf("\r\ncontent-length: ");
        if (length >= 0) {
            int from = length + "\r\ncontent-length: ".length();
            return in.readNBytes(Integer.parseInt(fields.substring(from, fields.indexOf("\r\n", from))));
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
            body.write(in.readNBytes(size));
            line(in);
        }
        line(in);
        return body.toByteArray();
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            head.append(line).append("\r\n");
        }
        return head.toString();
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException();
            }
            if (c != '\r') {
                line.write(c);
            }
        }
        return Wire.text(line.toByteArray());
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
