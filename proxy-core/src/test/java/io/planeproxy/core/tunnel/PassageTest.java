package io.planeproxy.core.tunnel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.planeproxy.core.kit.Frames;
import io.planeproxy.core.relay.Closing;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes out of one direction: all of it while it is open; whole frames and one close frame when it is closed. */
final class PassageTest {
    private static final UnpooledByteBufAllocator ALLOCATOR = UnpooledByteBufAllocator.DEFAULT;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final OwnPings pings = new OwnPings();
    private int answers;
    private int malformed;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void theCloseFrameFollowsTheFrameThatIsUnderWay(long seed) {
        Random random = new Random(seed);
        boolean fromClient = seed % 2 == 0;
        byte[] bytes = FrameObserverTest.joined(Frames.stream(20, fromClient, random));
        Passage passage = passage();
        int closeAt = random.nextInt(bytes.length);
        passPieces(passage, Arrays.copyOfRange(bytes, 0, closeAt), random);
        assertArrayEquals(Arrays.copyOfRange(bytes, 0, closeAt), out.toByteArray(), "all of it, before it is closed");
        passage.close(fromClient ? ClosingFrame::toUpstream : ClosingFrame::toClient, ALLOCATOR)
                .ifPresent(this::take);
        passPieces(passage, Arrays.copyOfRange(bytes, closeAt, bytes.length), random);

        List<Frames.Frame> sent = Frames.read(out.toByteArray());
        Frames.Frame last = sent.getLast();
        assertEquals(0x88, last.first());
        assertEquals(fromClient, last.masked(), "masked towards the upstream only");
        assertEquals(1012, (last.payload()[0] & 0xff) << 8 | last.payload()[1] & 0xff);
        assertTrue(passage.isClosed());
        List<Frames.Frame> came = Frames.read(bytes);
        for (int i = 0; i < sent.size() - 1; i++) {
            assertArrayEquals(came.get(i).payload(), sent.get(i).payload());
        }
    }

    @Test
    void aDirectionThatStandsBetweenFramesIsClosedAtOnce() {
        Passage passage = passage();
        assertTrue(close(passage).map(this::take).isPresent());
        assertTrue(passage.isClosed());
        assertTrue(close(passage).isEmpty(), "only once");
    }

    @Test
    void aFragmentedMessageIsNoReasonToWaitAndAHalfSentFrameIs() {
        Passage passage = passage();
        byte[] fragment = Frames.frame(0x02, new byte[10], false, new Random(1));
        passPieces(passage, fragment, new Random(1));
        passPieces(passage, new byte[] {(byte) 0x80}, new Random(1));
        assertTrue(close(passage).isEmpty());
        assertFalse(passage.isClosed());
        passPieces(passage, new byte[] {1, 7, (byte) 0x81}, new Random(1));
        assertTrue(passage.isClosed());
        assertEquals(3, Frames.read(out.toByteArray()).size());
    }

    @Test
    void noCloseFrameOfOursFollowsTheOneOfASide() {
        Passage passage = passage();
        byte[] close = Frames.close(1000, "bye", false, new Random(1));
        passPieces(passage, close, new Random(1));
        assertTrue(close(passage).isEmpty());
        assertTrue(passage.isClosed());
        assertArrayEquals(close, out.toByteArray());
    }

    @Test
    void noCloseFrameOfOursFollowsTheOneOfASideThatIsUnderWay() {
        Passage passage = passage();
        byte[] close = Frames.close(1000, "bye", false, new Random(1));
        passPieces(passage, Arrays.copyOf(close, 3), new Random(1));
        assertTrue(close(passage).isEmpty());
        assertFalse(passage.isClosed());
        passPieces(passage, Arrays.copyOfRange(close, 3, close.length), new Random(1));
        assertTrue(passage.isClosed());
        assertArrayEquals(close, out.toByteArray());
    }

    @Test
    void aPingGoesBehindTheFrameThatIsUnderWay() {
        Passage passage = passage();
        byte[] frame = Frames.frame(0x82, new byte[300], false, new Random(1));
        byte[] next = Frames.frame(0x81, new byte[3], false, new Random(1));
        passPieces(passage, Arrays.copyOf(frame, 200), new Random(1));
        assertTrue(ping(passage).isEmpty());
        assertTrue(ping(passage).isEmpty(), "one at a time");
        byte[] rest = FrameObserverTest.joined(List.of(Arrays.copyOfRange(frame, 200, frame.length), next));
        passage.pass(Unpooled.copiedBuffer(rest), ALLOCATOR).ifPresent(this::take);
        List<Frames.Frame> sent = Frames.read(out.toByteArray());
        assertEquals(
                List.of(0x82, 0x89, 0x81),
                sent.stream().map(Frames.Frame::first).toList());
        assertEquals(8, sent.get(1).payload().length);
    }

    @Test
    void aPingThatStillWaitsGivesWayToTheCloseFrame() {
        Passage passage = passage();
        passPieces(passage, new byte[] {(byte) 0x82}, new Random(1));
        assertTrue(ping(passage).isEmpty());
        assertTrue(close(passage).isEmpty());
        passPieces(passage, new byte[] {1, 7, (byte) 0x82, 0}, new Random(1));
        assertEquals(
                List.of(0x82, 0x88),
                Frames.read(out.toByteArray()).stream().map(Frames.Frame::first).toList());
        assertTrue(ping(passage).isEmpty(), "nothing follows a close frame");
    }

    @Test
    void whatIsNoWebSocketPassesWhateverIsAskedFor() {
        Passage passage = passage();
        byte[] nonsense = {(byte) 0x89, 126, 0, 126, 1, 2, 3};
        passPieces(passage, Arrays.copyOf(nonsense, 1), new Random(1));
        ping(passage);
        passPieces(passage, Arrays.copyOfRange(nonsense, 1, 3), new Random(1));
        close(passage);
        passPieces(passage, Arrays.copyOfRange(nonsense, 3, nonsense.length), new Random(1));
        assertArrayEquals(nonsense, out.toByteArray());
        assertTrue(passage.isClosed());
        assertEquals(1, malformed, "told once");
    }

    @Test
    void thePongThatAnswersOurPingDoesNotPassAndAnyOtherDoes() {
        Passage passage = passage();
        byte[] ours = pongTo(ping(passage()));
        byte[] theirs = Frames.frame(0x8a, new byte[8], true, new Random(1));
        byte[] data = Frames.frame(0x82, new byte[20], true, new Random(1));
        passPieces(passage, FrameObserverTest.joined(List.of(data, theirs, ours, data, ours)), new Random(1));
        assertArrayEquals(FrameObserverTest.joined(List.of(data, theirs, data, ours)), out.toByteArray());
        assertEquals(1, answers);
        assertEquals(4, passage.totals().frames(), "what does not pass does not count");
    }

    @Test
    void whatLooksLikeOurPongIsHeldBackUntilItIsKnown() {
        Passage passage = passage();
        pongTo(ping(passage()));
        byte[] theirs = Frames.frame(0x8a, new byte[8], true, new Random(1));
        for (int i = 0; i < theirs.length; i++) {
            assertEquals(0, out.size(), "before byte " + i);
            passPieces(passage, new byte[] {theirs[i]}, new Random(1));
        }
        assertArrayEquals(theirs, out.toByteArray());
        passPieces(passage, Arrays.copyOf(theirs, 5), new Random(1));
        assertTrue(passage.rest().map(this::take).isPresent());
        assertEquals(theirs.length + 5, out.size(), "at the end nothing is held back");
        assertTrue(passage.rest().isEmpty());
    }

    /** As a client makes it: with the payload of the ping, masked. */
    static byte[] pongTo(Optional<ByteBuf> ping) {
        ByteBuf frame = ping.orElseThrow();
        byte[] payload = new byte[8];
        frame.getBytes(2, payload);
        frame.release();
        return Frames.frame(0x8a, payload, true, new Random(7));
    }

    private Optional<ByteBuf> ping(Passage passage) {
        return passage.insert((boundary, allocator) -> pings.frame(boundary, allocator, 0), ALLOCATOR);
    }

    private static Optional<ByteBuf> close(Passage passage) {
        return passage.close(ClosingFrame::toClient, ALLOCATOR);
    }

    private Passage passage() {
        return new Passage(new FrameObserver(listener()), new PongSieve(pings, () -> {
            answers++;
            pings.answered();
        }));
    }

    private FrameObserver.Listener listener() {
        return new FrameObserver.Listener() {
            @Override
            public void pinged(int length) {}

            @Override
            public void ponged(int length) {}

            @Override
            public void closed(Closing closing) {}

            @Override
            public void malformed(String seen) {
                malformed++;
            }
        };
    }

    private void passPieces(Passage passage, byte[] bytes, Random random) {
        int at = 0;
        while (at < bytes.length) {
            int count = Math.min(bytes.length - at, 1 + random.nextInt(4000));
            ByteBuf piece = Unpooled.copiedBuffer(bytes, at, count);
            passage.pass(piece, ALLOCATOR).ifPresent(this::take);
            assertEquals(0, piece.refCnt());
            at += count;
        }
    }

    private boolean take(ByteBuf data) {
        byte[] taken = new byte[data.readableBytes()];
        data.readBytes(taken);
        data.release();
        out.writeBytes(taken);
        return true;
    }
}
