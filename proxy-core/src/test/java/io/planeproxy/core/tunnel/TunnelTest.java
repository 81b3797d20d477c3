package io.planeproxy.core.tunnel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.planeproxy.core.kit.RecordingJournal;
import io.planeproxy.core.relay.Switches;
import io.planeproxy.core.relay.TunnelRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two joined connections, without sockets. */
final class TunnelTest {
    private static final Duration IDLE = Duration.ofSeconds(90);

    private final EmbeddedChannel client = new EmbeddedChannel();
    private final EmbeddedChannel upstream = new EmbeddedChannel();
    private final RecordingJournal journal = new RecordingJournal();
    private final List<Tunnel> over = new ArrayList<>();

    @BeforeEach
    void stopTheClock() {
        client.freezeTime();
        upstream.freezeTime();
    }

    @AfterEach
    void nothingIsLeft() {
        client.finishAndReleaseAll();
        upstream.finishAndReleaseAll();
        journal.assertNoBugs();
    }

    @Test
    void bytesBehindTheHeadsGoFirst() {
        open("from client", "from upstream");
        client.writeInbound(bytes(", more"));
        run();
        assertEquals("from client, more", sent(upstream));
        assertEquals("from upstream", sent(client));
    }

    @Test
    void silenceOfBothSidesEndsIt() {
        open("", "");
        pass(89_999);
        assertTrue(over.isEmpty());
        pass(1);
        assertEquals(1, over.size());
        assertFalse(client.isActive());
        assertFalse(upstream.isActive());
        assertEquals("nothing passed for PT1M30S", record().ending());
    }

    @Test
    void bytesOfEitherSideKeepItOpen() {
        open("", "");
        for (int i = 0; i < 5; i++) {
            pass(80_000);
            (i % 2 == 0 ? client : upstream).writeInbound(bytes("x"));
        }
        pass(89_999);
        assertTrue(over.isEmpty());
        pass(1);
        assertEquals(3, record().received());
        assertEquals(2, record().sent());
    }

    @Test
    void aBrokenSideEndsTheOtherBehindWhatWasSent() {
        open("", "");
        client.writeInbound(bytes("last words"));
        client.close();
        run();
        assertEquals("last words", sent(upstream));
        assertFalse(upstream.isActive());
        assertEquals("client broke the connection without a close", record().ending());
        assertEquals(1, over.size());
    }

    @Test
    void itEndsOnceWhoeverEndsIt() {
        Tunnel tunnel = open("", "");
        tunnel.close("the proxy stops");
        tunnel.close("again");
        client.close();
        upstream.close();
        run();
        assertEquals(1, over.size());
        assertEquals(1, journal.tunnels().size());
        assertEquals("the proxy stops", record().ending());
    }

    @Test
    void anEndedTunnelLeavesNoTimerBehind() {
        Tunnel tunnel = open("", "");
        tunnel.close("the proxy stops");
        run();
        assertEquals(-1, client.runScheduledPendingTasks());
    }

    private Tunnel open(String fromClient, String fromUpstream) {
        Tunnel tunnel =
                Tunnel.open(Switches.between(client, fromClient, upstream, fromUpstream), IDLE, journal, over::add);
        run();
        return tunnel;
    }

    private TunnelRecord record() {
        return journal.tunnels().element();
    }

    private void pass(long milliseconds) {
        client.advanceTimeBy(milliseconds, TimeUnit.MILLISECONDS);
        client.runScheduledPendingTasks();
        run();
    }

    private void run() {
        client.runPendingTasks();
        upstream.runPendingTasks();
        client.runPendingTasks();
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }

    private static String sent(EmbeddedChannel channel) {
        StringBuilder sent = new StringBuilder();
        for (ByteBuf data = channel.readOutbound(); data != null; data = channel.readOutbound()) {
            sent.append(data.toString(StandardCharsets.US_ASCII));
            data.release();
        }
        return sent.toString();
    }
}
