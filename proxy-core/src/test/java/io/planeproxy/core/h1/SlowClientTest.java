package io.planeproxy.core.h1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.planeproxy.core.kit.RecordingJournal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client that is slow to take its replies, each of which tells it the target of its request. */
final class SlowClientTest {
    private static final ClientTimeouts TIMEOUTS = ClientTimeouts.DEFAULT;
    private static final int LARGE = 15_000;
    /** More than a connection holds back for a client. */
    private static final int MANY = 5;

    private final RecordingJournal journal = new RecordingJournal();
    private final SlowPeer client =
            new SlowPeer(new ClientConnection(Redirecting.reception(journal), ClientOptions.DEFAULT, journal));

    @AfterEach
    void close() {
        client.finishAndReleaseAll();
        assertEquals(0, journal.bugs().size());
    }

    @Test
    void whoTakesBytesIsServedHoweverSlowly() {
        request("/" + "x".repeat(LARGE), MANY);
        assertFalse(client.isWritable());
        for (int round = 0; round < 10; round++) {
            client.take(10);
            client.pass(TIMEOUTS.writeStall());
            assertTrue(client.isOpen(), "in round " + round);
        }
        client.pass(TIMEOUTS.writeStall());
        assertFalse(client.isOpen());
    }

    private void request(String target, int times) {
        String one = "GET " + target + " HTTP/1.1\r\nHost: plane.example\r\n\r\n";
        client.writeInbound(Unpooled.copiedBuffer(one.repeat(times), StandardCharsets.US_ASCII));
    }
}
