package io.planeproxy.server.health;

import io.netty.util.NetUtil;
import io.planeproxy.server.probe.AnyCertificate;
import io.planeproxy.server.settings.ListenerSettings;
import io.planeproxy.server.settings.ProxyProtocol;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLSocket;

/**
 * One request to one listener, over the loopback or the address it is bound to. It is a request that the proxy answers itself, whatever
 * becomes of the upstream; a refusal for the address it comes from is an answer too.
 */
final class Question {
    private static final byte[] REQUEST =
            "OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private static final String EVERY_ANSWER_BEGINS = "HTTP/1.1 ";
    private static final int DIGITS_OF_STATUS = 3;

    private final ListenerSettings listener;
    private final InetSocketAddress address;

    Question(ListenerSettings listener) {
        this.listener = listener;
        this.address = listener.address().value().fromHere();
    }

    String place() {
        return NetUtil.toSocketAddressString(address);
    }

    /**
     * @param patience for each of connecting, the handshake and the answer
     * @return in a few words what came
     * @throws IOException when nothing came, or something that is no answer of a proxy
     */
    String ask(Duration patience) throws IOException {
        int millis = Math.toIntExact(patience.toMillis());
        try (Socket plain = new Socket()) {
            plain.connect(address, millis);
            plain.setSoTimeout(millis);
            return switch (listener.entrance().proxyProtocol()) {
                case ProxyProtocol.From _ -> "accepts connections; only its load balancer may ask more";
                case ProxyProtocol.Off() -> "answers " + status(plain);
            };
        }
    }

    private String status(Socket plain) throws IOException {
        return switch (listener) {
            case ListenerSettings.Plain _, ListenerSettings.RedirectToHttps _ -> exchange(plain);
            case ListenerSettings.Secure _ -> {
                try (SSLSocket secure = AnyCertificate.over(plain, Optional.empty())) {
                    yield exchange(secure);
                }
            }
        };
    }

    private static String exchange(Socket socket) throws IOException {
        socket.getOutputStream().write(REQUEST);
        InputStream in = socket.getInputStream();
        String begin =
                new String(in.readNBytes(EVERY_ANSWER_BEGINS.length() + DIGITS_OF_STATUS), StandardCharsets.ISO_8859_1);
        if (!begin.matches(EVERY_ANSWER_BEGINS + "\\d{3}")) {
            throw new IOException("what came is no answer of HTTP/1.1: \"" + begin + "\"");
        }
        return begin.substring(EVERY_ANSWER_BEGINS.length());
    }
}
