package io.planeproxy.server.load;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.core.kit.Cuts;
import io.planeproxy.core.kit.RawClient;
import io.planeproxy.core.kit.Reply;
import io.planeproxy.core.kit.WebSocketHandshake;
import io.planeproxy.core.kit.Wire;
import io.planeproxy.core.kit.WireFault;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** One client that does one thing after another, and checks every reply by its content. */
final class LoadClient {
    private static final int LARGEST = 300_000;
    private static final int MOST_ON_A_CONNECTION = 8;
    private static final String HOST = " HTTP/1.1\r\nHost: plane.example\r\n";

    private final Supplier<RawClient> connecting;
    private final Random random;
    private final Map<Act, Integer> done = new EnumMap<>(Act.class);

    LoadClient(Supplier<RawClient> connecting, long seed) {
        this.connecting = connecting;
        this.random = new Random(seed);
    }

    /** What a client does; those that end the connection come last. */
    enum Act {
        UPLOAD,
        DOWNLOAD,
        LEAVE_AN_UPLOAD,
        LEAVE_A_DOWNLOAD,
        ASK_A_DYING_UPSTREAM,
        ASK_A_DEAD_UPSTREAM,
        SOCKET,
        LOSE_A_SOCKET
    }

    /** How often each was done until that time. */
    Map<Act, Integer> runUntil(long nanoTime) {
        while (System.nanoTime() < nanoTime) {
            try (RawClient client = connecting.get()) {
                for (int i = random.nextInt(MOST_ON_A_CONNECTION); i > 0; i--) {
                    perform(random.nextBoolean() ? Act.UPLOAD : Act.DOWNLOAD, client);
                }
                perform(Act.values()[2 + random.nextInt(Act.values().length - 2)], client);
            }
        }
        return done;
    }

    private void perform(Act act, RawClient client) {
        switch (act) {
            case UPLOAD -> upload(client);
            case DOWNLOAD -> download(client);
            case LEAVE_AN_UPLOAD -> {
                client.send("POST /upload" + HOST + "Content-Length: " + LARGEST + "\r\n\r\n");
                client.send(content(random.nextInt(LARGEST - 1)));
                leave(client);
            }
            case LEAVE_A_DOWNLOAD -> {
                client.send("GET /download/7/" + (5 * LARGEST + random.nextInt(2)) + HOST + "\r\n");
                client.bytes(1 + random.nextInt(LARGEST));
                leave(client);
            }
            case ASK_A_DYING_UPSTREAM -> askADyingUpstream(client);
            case ASK_A_DEAD_UPSTREAM ->
                assertEquals(
                        502,
                        client.send("GET /dead" + HOST + "\r\n").reply("GET").status());
            case SOCKET -> socket(client);
            case LOSE_A_SOCKET -> loseASocket(client);
        }
        done.merge(act, 1, Integer::sum);
    }

    private void upload(RawClient client) {
        byte[] body = content(random.nextInt(LARGEST));
        if (random.nextBoolean()) {
            client.send("POST /upload" + HOST + "Content-Length: " + body.length + "\r\n\r\n");
            client.send(body);
        } else {
            client.send("POST /upload" + HOST + "Transfer-Encoding: chunked\r\n\r\n");
            client.send(chunked(body));
        }
        Reply reply = client.reply("POST");
        assertEquals("200 " + Content.hash(body), reply.status() + " " + reply.bodyText());
    }

    private void download(RawClient client) {
        long seed = random.nextInt(1000);
        int size = random.nextInt(LARGEST);
        Reply reply = client.send("GET /download/" + seed + "/" + size + HOST + "\r\n")
                .reply("GET");
        assertEquals(200, reply.status());
        assertEquals(Content.hash(Content.of(seed, size)), Content.hash(reply.body()));
    }

    /** An answer of the proxy's own or a reply that is visibly cut, and never a whole one. */
    private void askADyingUpstream(RawClient client) {
        client.send("GET /dying/" + random.nextInt(LARGEST) + HOST + "\r\n");
        try {
            assertEquals(502, client.reply("GET").status());
        } catch (WireFault fault) {
            assertEquals(WireFault.Kind.CUT, fault.kind(), fault::getMessage);
        }
    }

    private void socket(RawClient client) {
        client.send(WebSocketHandshake.request("/socket"));
        assertEquals(101, client.interim().status());
        for (int i = random.nextInt(20); i > 0; i--) {
            byte[] said = content(1 + random.nextInt(2000));
            assertArrayEquals(said, client.send(said).bytes(said.length));
        }
        assertNotEquals(0, client.arrived().length);
        leave(client);
    }

    /** The upstream dies as soon as it has echoed once. */
    private void loseASocket(RawClient client) {
        client.send(WebSocketHandshake.request("/lost-socket/" + random.nextInt(2)));
        assertEquals(101, client.interim().status());
        byte[] said = content(1 + random.nextInt(2000));
        client.send(said);
        String echoed = client.untilEnd().text();
        assertTrue(Wire.text(said).startsWith(echoed), "another echo than what was said");
    }

    private void leave(RawClient client) {
        if (random.nextBoolean()) {
            client.reset();
        } else {
            client.close();
        }
    }

    private byte[] content(int size) {
        return Content.of(random.nextInt(1000), size);
    }

    private byte[] chunked(byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<byte[]> pieces = new ArrayList<>(Cuts.random(random.nextInt(), 50_000, body));
        pieces.removeIf(piece -> piece.length == 0);
        for (byte[] piece : pieces) {
            out.writeBytes(Wire.bytes(Integer.toHexString(piece.length) + "\r\n"));
            out.writeBytes(piece);
            out.writeBytes(Wire.bytes("\r\n"));
        }
        out.writeBytes(Wire.bytes("0\r\n\r\n"));
        return out.toByteArray();
    }
}
