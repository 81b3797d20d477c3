package io.planeproxy.core.h1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.planeproxy.core.kit.RecordingJournal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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

    @Test
    void itsKeepAliveBeginsWhenTheReplyIsTaken() {
        request("/x", 1);
        outlastsKeepAliveAndLinger();
        client.take(LARGE);
        client.pass(TIMEOUTS.keepAlive().minusNanos(1));
        assertTrue(client.isOpen());
        client.pass(Duration.ofSeconds(1));
        assertFalse(client.isOpen());
    }

    @Test
    void itsLingerBeginsWhenTheLastReplyIsTaken() {
        request("/x", 1, "Connection: close\r\n");
        outlastsKeepAliveAndLinger();
        client.take(LARGE);
        client.pass(TIMEOUTS.lingerIdle().minusNanos(1));
        assertTrue(client.isOpen());
        client.pass(Duration.ofSeconds(1));
        assertFalse(client.isOpen());
    }

    /** And what it sends meanwhile does not count. */
    @Test
    void whoTakesNothingOfTheLastReplyIsLetGo() {
        request("/x", 1, "Connection: close\r\n");
        client.writeInbound(Unpooled.wrappedBuffer(new byte[1]));
        client.pass(TIMEOUTS.writeStall().minusNanos(1));
        assertTrue(client.isOpen());
        client.pass(Duration.ofSeconds(1));
        assertFalse(client.isOpen());
    }

    @Test
    void theNextRequestIsServedWhileTheReplyBeforeIsStillTaken() {
        request("/first", 1);
        request("/second", 1);
        outlastsKeepAliveAndLinger();
        client.take(LARGE);
        String replies = client.taken();
        assertTrue(replies.contains("/first") && replies.contains("/second"), replies);
        client.pass(TIMEOUTS.keepAlive().minusNanos(1));
        assertTrue(client.isOpen());
    }

    /** By taking a byte within each limit. */
    private void outlastsKeepAliveAndLinger() {
        for (int round = 0; round < 5; round++) {
            client.take(1);
            client.pass(TIMEOUTS.writeStall());
            assertTrue(client.isOpen(), "in round " + round);
        }
    }

    private void request(String target, int times, String... lines) {
        String one = "GET " + target + " HTTP/1.1\r\nHost: plane.example\r\n" + String.join("", lines) + "\r\n";
        client.writeInbound(Unpooled.copiedBuffer(one.repeat(times), StandardCharsets.US_ASCII));
    }
}
