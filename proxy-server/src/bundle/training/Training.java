import io.planeproxy.tls.PemFiles;
import io.planeproxy.tls.SelfSigned;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Lets the bundle serve for a moment, as it will in service, while its JVM records what it loads. That goes into
 * lib/plane-proxy.aot (JEP 483, 514), from which each later start takes it instead of finding out anew. What becomes hot
 * (JEP 515) is left out: bin/plane-proxy says why.
 *
 * <p>Run while packaging: java -cp plane-proxy.jar Training.java BUNDLE
 */
final class Training {
    private static final int REQUESTS = 3000;
    private static final int FRAMES = 1000;
    private static final int UPLOADS = 20;
    private static final byte[] UPLOAD = new byte[256 * 1024];
    private static final Duration LONGEST_START = Duration.ofMinutes(2);
    private static final Duration LONGEST_END = Duration.ofMinutes(8);

    private static final String UPGRADE = "GET /live HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    private static final String SWITCH = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
    private static final String REPLY = "HTTP/1.1 200 OK\r\nDate: Mon, 23 Nov 2026 10:00:00 GMT\r\nContent-Type: application/json\r\n"
            + "Content-Length: 200\r\nVary: Accept, Cookie\r\nX-Frame-Options: DENY\r\n\r\n" + "x".repeat(200);
    /** 128 bytes, masked with zeros. */
    private static final byte[] FRAME = frame();

    public static void main(String[] arguments) throws Exception {
        Path bundle = Path.of(arguments[0]).toAbsolutePath();
        Path cache = bundle.resolve("lib/plane-proxy.aot");
        Files.deleteIfExists(cache);
        Path folder = Files.createTempDirectory("training");
        Path output = folder.resolve("output.log");
        int plain = freePort();
        int tls = freePort();
        ServerSocket upstream = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> serve(upstream));

        Process proxy = start(bundle, cache, configuration(folder, upstream.getLocalPort(), plain, tls), output);
        try {
            awaitFirstReply(proxy, plain);
            Thread.sleep(100);
            exercise(port -> new Socket(InetAddress.getLoopbackAddress(), port), plain);
            SSLSocketFactory trusting = trusting();
            exercise(port -> trusting.createSocket(InetAddress.getLoopbackAddress(), port), tls);
        } finally {
            proxy.destroy();
        }
        // At its end the JVM makes the cache, in a process of its own.
        boolean ended = proxy.waitFor(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS);
        if (!ended || !Files.exists(cache)) {
            proxy.destroyForcibly();
            System.err.println(Files.readString(output));
            throw new IllegalStateException("there is no " + cache + " after the training; the lines above say why");
        }
    }

    private static Process start(Path bundle, Path cache, Path configuration, Path output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        bundle.resolve("bin/plane-proxy").toString(), "run", "--config", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("PLANE_PROXY_JAVA_OPTS", "-XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining -XX:AOTCacheOutput=" + cache);
        return builder.start();
    }

    private static Path configuration(Path folder, int upstream, int plain, int tls) throws IOException {
        PemFiles identity = SelfSigned.of(
                        List.of("localhost"), List.of(InetAddress.getLoopbackAddress()), Instant.now(), Duration.ofDays(1))
                .writeTo(folder);
        return Files.writeString(
                folder.resolve("plane-proxy.conf"),
                """
                plane-proxy {
                  upstream = "http://127.0.0.1:%d"
                  listeners = [
                    { address = "127.0.0.1", port = %d }
                    { address = "127.0.0.1", port = %d, tls { certificate = "%s", key = "%s" } }
                  ]
                }
                """
                        .formatted(upstream, plain, tls, identity.certificate(), identity.key()));
    }

    private interface Connecting {
        Socket to(int port) throws IOException;
    }

    private static void exercise(Connecting connecting, int port) throws IOException {
        try (Socket socket = connecting.to(port)) {
            for (int i = 0; i < REQUESTS; i++) {
                exchange(socket, "GET /api/issues?page=" + i + " HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n", new byte[0]);
            }
            for (int i = 0; i < UPLOADS; i++) {
                exchange(socket, "POST /upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + UPLOAD.length + "\r\n\r\n", UPLOAD);
            }
        }
        try (Socket socket = connecting.to(port)) {
            socket.getOutputStream().write(ascii(UPGRADE));
            head(socket.getInputStream());
            for (int i = 0; i < FRAMES; i++) {
                socket.getOutputStream().write(FRAME);
                socket.getInputStream().readNBytes(FRAME.length);
            }
        }
    }

    private static void exchange(Socket socket, String request, byte[] body) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(ascii(request));
        out.write(body);
        String reply = head(socket.getInputStream());
        if (!reply.startsWith("HTTP/1.1 200 ")) {
            throw new IOException("the proxy under training answered: " + reply);
        }
        socket.getInputStream().readNBytes(200);
    }

    private static void awaitFirstReply(Process proxy, int port) throws InterruptedException {
        long end = System.nanoTime() + LONGEST_START.toNanos();
        while (proxy.isAlive() && System.nanoTime() - end < 0) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                exchange(socket, "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", new byte[0]);
                return;
            } catch (IOException notYet) {
                Thread.sleep(10);
            }
        }
    }

    private static void serve(ServerSocket upstream) {
        while (true) {
            try {
                Socket socket = upstream.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                if (head.startsWith("GET /live ")) {
                    out.write(ascii(SWITCH));
                    in.transferTo(out);
                    return;
                }
                if (head.startsWith("POST ")) {
                    in.readNBytes(UPLOAD.length);
                }
                out.write(ascii(REPLY));
            }
        } catch (IOException gone) {
            // The proxy closes what it does not need any more.
        }
    }

    /** Up to the empty line; empty at the end of the stream. */
    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            head.write(octet);
            if (octet == '\n' && head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                return head.toString(StandardCharsets.ISO_8859_1);
            }
        }
        return "";
    }

    private static byte[] frame() {
        byte[] frame = new byte[8 + 128];
        frame[0] = (byte) 0x82;
        frame[1] = (byte) 0xfe;
        frame[3] = (byte) 128;
        return frame;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private static SSLSocketFactory trusting() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(null, new TrustManager[] {new Anybody()}, null);
        return context.getSocketFactory();
    }

    private static final class Anybody implements X509TrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
