package io.planeproxy.benchmarks.sidebyside.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/** Answers as fast as a Java program can, so that the proxy in front is what is measured. */
public final class Upstream {
    static final String SMALL = "/small";
    static final String UPLOAD = "/upload";
    static final String SOCKET = "/live";

    private final AtomicLong served = new AtomicLong();
    private final ByteBuf small = reply("application/json", json());
    private final ByteBuf medium = reply("application/octet-stream", new byte[64 * 1024]);
    private final ByteBuf large = reply("application/octet-stream", new byte[1024 * 1024]);
    private final InetSocketAddress address;

    public Upstream(LoadLoop loop) {
        address = loop.listen(() -> new UpstreamConnection(this));
    }

    public InetSocketAddress address() {
        return address;
    }

    /** How many replies so far. */
    public long served() {
        return served.get();
    }

    /** The whole reply to a request for that path; whoever gets it owns it. */
    ByteBuf replyTo(String path) {
        served.lazySet(served.get() + 1);
        ByteBuf whole = switch (path) {
            case "/64k" -> medium;
            case "/1m" -> large;
            default -> small;
        };
        return whole.duplicate();
    }

    /** 200 bytes, as one issue of Plane. */
    private static byte[] json() {
        String issue = "{\"id\":\"6b1d2f0e-0d55-4c8a-9a39-5b6f2f1c7a10\",\"name\":\"Real-time sync is broken\","
                + "\"state\":\"in-progress\",\"priority\":\"urgent\",\"sequence_id\":417,\"sort_order\":65535.0,\"note\":\"\"}";
        return issue.replace("\"\"", "\"" + "x".repeat(200 - issue.length()) + "\"")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static ByteBuf reply(String type, byte[] body) {
        String head =
                "HTTP/1.1 200 OK\r\nDate: Mon, 23 Nov 2026 10:00:00 GMT\r\nServer: upstream\r\nContent-Type: " + type
                        + "\r\nContent-Length: " + body.length
                        + "\r\nVary: Accept, Cookie\r\nX-Frame-Options: DENY\r\nX-Content-Type-Options: nosniff\r\n\r\n";
        ByteBuf whole = Unpooled.directBuffer(head.length() + body.length);
        whole.writeBytes(head.getBytes(StandardCharsets.US_ASCII)).writeBytes(body);
        return Unpooled.unreleasableBuffer(whole);
    }
}
