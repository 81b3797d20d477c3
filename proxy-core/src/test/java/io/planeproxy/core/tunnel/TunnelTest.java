package io.planeproxy.core.tunnel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import io.planeproxy.core.kit.Frames;
import io.planeproxy.core.kit.RecordingJournal;
import io.planeproxy.core.relay.Closing;
import io.planeproxy.core.relay.FrameTotals;
import io.planeproxy.core.relay.Party;
import io.planeproxy.core.relay.RoundTrips;
import io.planeproxy.core.relay.Switches;
import io.planeproxy.core.relay.TunnelEnding;
import io.planeproxy.core.relay.TunnelFlow;
import io.planeproxy.core.relay.TunnelRecord;
import io.planeproxy.core.relay.TunnelSnapshot;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two joined connections, without sockets. */
final class TunnelTest {
    private static final Duration IDLE = Duration.ofSeconds(90);
    private static final Random RANDOM = new Random(1);

    private final EmbeddedChannel client = new EmbeddedChannel();
    private final EmbeddedChannel upstream = new EmbeddedChannel();
    private final RecordingJournal journal = new RecordingJournal();
    private final List<Tunnel> over = new ArrayList<>();
    private TunnelOptions options = new TunnelOptions(IDLE, Optional.empty());

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
        assertEquals("nothing passed for 90 s", record().ending().words());
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
        assertEquals(
                "client broke the connection without a close", record().ending().words());
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
        assertEquals("the proxy stops", record().ending().words());
    }

    @Test
    void itsRecordTellsWhatPassedAndWhoClosedItFirst() {
        open("", "");
        upstream.writeInbound(frame(0x89, "are you there?", false));
        pass(40);
        client.writeInbound(frame(0x8a, "are you there?", true));
        client.writeInbound(frame(0x89, "", true));
        pass(7);
        upstream.writeInbound(frame(0x8a, "", false));
        upstream.writeInbound(frame(0x01, "two ", false), frame(0x80, "pieces", false));
        upstream.writeInbound(Unpooled.wrappedBuffer(Frames.close(4205, "Reset Connection", false, RANDOM)));
        client.writeInbound(Unpooled.wrappedBuffer(Frames.close(4205, "", true, RANDOM)));
        client.close();
        run();
        assertEquals(
                new TunnelEnding.Closed(Party.UPSTREAM, new Closing(OptionalInt.of(4205), "Reset Connection")),
                record().ending());
        TunnelSnapshot last = record().last();
        FrameTotals sent = last.fromUpstream().frames().orElseThrow();
        assertEquals(
                "5 frames, 1 message, 42 bytes",
                sent.frames() + " frames, " + sent.messages() + " message, " + sent.bytes() + " bytes");
        assertEquals(3, last.fromClient().frames().orElseThrow().frames());
        assertEquals(new RoundTrips(millis(40), millis(7)), last.roundTrips());
        assertEquals(TunnelFlow.Standing.BETWEEN_FRAMES, last.fromClient().standing());
    }

    @Test
    void aSideThatGoesWithoutACloseIsTold() {
        open("", "");
        pass(35_000);
        client.close();
        run();
        assertEquals(
                "client broke the connection without a close after 35 s of silence",
                record().ending().words());
        assertEquals(Optional.empty(), record().ending().closedFirst());
    }

    @Test
    void whileItIsOpenItCanBeLookedAt() {
        Tunnel tunnel = open("", "");
        upstream.writeInbound(frame(0x82, "12345", false), bytes("\u0082"));
        pass(2000);
        TunnelSnapshot now = tunnel.snapshot();
        assertEquals(Duration.ofSeconds(2), now.age());
        assertEquals(8, now.fromUpstream().bytes());
        assertEquals(TunnelFlow.Standing.WITHIN_A_FRAME, now.fromUpstream().standing());
    }

    @Test
    void aClientThatIsSilentIsPingedAndItsPongStaysHere() {
        options = new TunnelOptions(IDLE, Optional.of(Duration.ofSeconds(20)));
        open("", "");
        pass(19_999);
        assertEquals(0, taken(client).length);
        pass(1);
        byte[] ping = taken(client);
        assertEquals(0x89, ping[0] & 0xff);
        pass(30);
        client.writeInbound(Unpooled.wrappedBuffer(PassageTest.pongTo(Optional.of(Unpooled.wrappedBuffer(ping)))));
        run();
        assertEquals(0, taken(upstream).length);
        pass(19_999);
        assertEquals(0, taken(client).length);
        pass(1);
        assertEquals(10, taken(client).length, "the next, when it has been silent again");
        assertTrue(over.isEmpty());
        client.close();
        run();
        assertEquals(
                new RoundTrips(millis(30), Optional.empty()), record().last().roundTrips());
    }

    @Test
    void aClientThatAnswersNoPingHasVanished() {
        options = new TunnelOptions(IDLE, Optional.of(Duration.ofSeconds(20)));
        open("", "");
        for (int i = 0; i < 39; i++) {
            pass(1000);
            upstream.writeInbound(frame(0x82, "from others", false));
        }
        pass(999);
        assertTrue(over.isEmpty());
        pass(1);
        assertEquals(
                "client vanished without a close after 40 s of silence",
                record().ending().words());
        assertFalse(client.isActive());
        assertFalse(upstream.isActive());
    }

    @Test
    void aClientThatSendsIsNotPinged() {
        options = new TunnelOptions(IDLE, Optional.of(Duration.ofSeconds(20)));
        open("", "");
        for (int i = 0; i < 10; i++) {
            pass(15_000);
            client.writeInbound(frame(0x82, "x", true));
        }
        assertEquals(0, taken(client).length);
    }

    @Test
    void aPingWaitsForTheEndOfAFrameAndTheClientIsNotBlamedForIt() {
        options = new TunnelOptions(Duration.ofHours(1), Optional.of(Duration.ofSeconds(20)));
        open("", "");
        upstream.writeInbound(bytes("\u0082\u0002a"));
        pass(100_000);
        assertTrue(over.isEmpty());
        assertEquals(3, taken(client).length);
        upstream.writeInbound(bytes("b"));
        run();
        assertEquals(1 + 10, taken(client).length);
        pass(19_999);
        assertTrue(over.isEmpty());
        pass(20_000);
        assertEquals(1, over.size());
    }

    @Test
    void aPeerThatDoesNotTakeTheLastBytesIsCutAfterTenSeconds() {
        client.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
            @Override
            public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
                ReferenceCountUtil.release(message);
            }
        });
        open("", "").close("the proxy stops");
        pass(9_999);
        assertTrue(client.isActive());
        assertFalse(upstream.isActive());
        assertTrue(over.isEmpty(), "the last bytes may still go out");
        pass(1);
        assertFalse(client.isActive());
        assertEquals(1, over.size());
    }

    @Test
    void aHalfSentFrameIsWaitedForAsLongAsItGoesOn() {
        Tunnel tunnel = open("", "");
        upstream.writeInbound(bytes("\u0082\u0014"));
        tunnel.drain();
        run();
        for (int i = 0; i < 20; i++) {
            pass(4_000);
            assertTrue(over.isEmpty());
            upstream.writeInbound(bytes("x"));
        }
        run();
        List<Frames.Frame> sent = Frames.read(taken(client));
        assertEquals(List.of(0x82, 0x88), sent.stream().map(Frames.Frame::first).toList());
        pass(4_999);
        assertTrue(over.isEmpty(), "its answer is waited for");
        pass(1);
        assertEquals("closed by the proxy 1012", record().ending().words());
    }

    @Test
    void aFrameThatDoesNotGoOnIsNotWaitedForLongerThanFiveSeconds() {
        Tunnel tunnel = open("", "");
        upstream.writeInbound(bytes("\u0082\u0014"));
        client.writeInbound(bytes("\u0082\u0014"));
        tunnel.drain();
        pass(4_999);
        assertTrue(over.isEmpty());
        pass(1);
        assertEquals("the proxy is shutting down", record().ending().words());
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
                Tunnel.open(Switches.between(client, fromClient, upstream, fromUpstream), options, journal, over::add);
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
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }

    private static ByteBuf frame(int first, String payload, boolean masked) {
        return Unpooled.wrappedBuffer(Frames.frame(first, payload.getBytes(StandardCharsets.US_ASCII), masked, RANDOM));
    }

    private static Optional<Duration> millis(long count) {
        return Optional.of(Duration.ofMillis(count));
    }

    private static String sent(EmbeddedChannel channel) {
        return new String(taken(channel), StandardCharsets.ISO_8859_1);
    }

    private static byte[] taken(EmbeddedChannel channel) {
        ByteArrayOutputStream taken = new ByteArrayOutputStream();
        for (ByteBuf data = channel.readOutbound(); data != null; data = channel.readOutbound()) {
            taken.writeBytes(ByteBufUtil.getBytes(data));
            data.release();
        }
        return taken.toByteArray();
    }
}
