package io.planeproxy.core.tunnel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.planeproxy.core.kit.Cuts;
import io.planeproxy.core.kit.Frames;
import io.planeproxy.core.kit.RecordingJournal;
import io.planeproxy.core.relay.Switches;
import io.planeproxy.core.relay.TunnelRecord;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Both directions at once: whatever comes in on one side goes out on the other, however it is cut. */
@Label("a tunnel")
final class TunnelPropertiesTest {
    private static final TunnelOptions OPTIONS = new TunnelOptions(Duration.ofHours(1), Optional.empty());

    @Property(tries = 200)
    void whatComesOutIsWhatWentInOnTheOtherSide(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 9000) int largestPiece) {
        Random random = new Random(seed);
        byte[] up = FrameObserverTest.joined(Frames.stream(5, true, random));
        byte[] down = FrameObserverTest.joined(Frames.stream(5, false, random));
        EmbeddedChannel client = new EmbeddedChannel();
        EmbeddedChannel upstream = new EmbeddedChannel();
        RecordingJournal journal = new RecordingJournal();
        Tunnel tunnel = Tunnel.open(Switches.between(client, "", upstream, ""), OPTIONS, journal, over -> {});
        Iterator<byte[]> fromClient = Cuts.random(seed, largestPiece, up).iterator();
        Iterator<byte[]> fromUpstream =
                Cuts.random(seed + 1, largestPiece, down).iterator();
        while (fromClient.hasNext() || fromUpstream.hasNext()) {
            Iterator<byte[]> next =
                    random.nextBoolean() && fromClient.hasNext() || !fromUpstream.hasNext() ? fromClient : fromUpstream;
            (next == fromClient ? client : upstream).writeInbound(Unpooled.copiedBuffer(next.next()));
        }
        tunnel.close("for the test");
        client.runPendingTasks();
        upstream.runPendingTasks();
        assertArrayEquals(up, sent(upstream));
        assertArrayEquals(down, sent(client));
        TunnelRecord record = journal.tunnels().element();
        assertEquals(up.length, record.received());
        assertEquals(down.length, record.sent());
        assertEquals(
                Frames.read(up).size(),
                record.last().fromClient().frames().orElseThrow().frames());
        journal.assertNoBugs();
        client.finishAndReleaseAll();
        upstream.finishAndReleaseAll();
    }

    private static byte[] sent(EmbeddedChannel channel) {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        for (ByteBuf data = channel.readOutbound(); data != null; data = channel.readOutbound()) {
            sent.writeBytes(ByteBufUtil.getBytes(data));
            data.release();
        }
        return sent.toByteArray();
    }
}
