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
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes out of one direction: all of it while it is open; whole frames and one close frame when it is closed. */
final class PassageTest {
    private static final UnpooledByteBufAllocator ALLOCATOR = UnpooledByteBufAllocator.DEFAULT;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void theCloseFrameFollowsTheFrameThatIsUnderWay(long seed) {
        Random random = new Random(seed);
        boolean fromClient = seed % 2 == 0;
        byte[] bytes = FrameObserverTest.joined(Frames.stream(20, fromClient, random));
        Passage passage = passage(fromClient);
        int closeAt = random.nextInt(bytes.length);
        passPieces(passage, Arrays.copyOfRange(bytes, 0, closeAt), random);
        assertArrayEquals(Arrays.copyOfRange(bytes, 0, closeAt), out.toByteArray(), "all of it, before it is closed");
        passage.close(ALLOCATOR).ifPresent(this::take);
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
        Passage passage = passage(false);
        assertTrue(passage.close(ALLOCATOR).map(this::take).isPresent());
        assertTrue(passage.isClosed());
        assertTrue(passage.close(ALLOCATOR).isEmpty(), "only once");
    }

    @Test
    void aFragmentedMessageIsNoReasonToWaitAndAHalfSentFrameIs() {
        Passage passage = passage(false);
        byte[] fragment = Frames.frame(0x02, new byte[10], false, new Random(1));
        passPieces(passage, fragment, new Random(1));
        passPieces(passage, new byte[] {(byte) 0x80}, new Random(1));
        assertTrue(passage.close(ALLOCATOR).isEmpty());
        assertFalse(passage.isClosed());
        passPieces(passage, new byte[] {1, 7, (byte) 0x81}, new Random(1));
        assertTrue(passage.isClosed());
        assertEquals(3, Frames.read(out.toByteArray()).size());
    }

    @Test
    void noCloseFrameOfOursFollowsTheOneOfASide() {
        Passage passage = passage(false);
        byte[] close = Frames.close(1000, "bye", false, new Random(1));
        passPieces(passage, close, new Random(1));
        assertTrue(passage.close(ALLOCATOR).isEmpty());
        assertTrue(passage.isClosed());
        assertArrayEquals(close, out.toByteArray());
    }

    @Test
    void noCloseFrameOfOursFollowsTheOneOfASideThatIsUnderWay() {
        Passage passage = passage(false);
        byte[] close = Frames.close(1000, "bye", false, new Random(1));
        passPieces(passage, Arrays.copyOf(close, 3), new Random(1));
        assertTrue(passage.close(ALLOCATOR).isEmpty());
        assertFalse(passage.isClosed());
        passPieces(passage, Arrays.copyOfRange(close, 3, close.length), new Random(1));
        assertTrue(passage.isClosed());
        assertArrayEquals(close, out.toByteArray());
    }

    private static Passage passage(boolean fromClient) {
        FrameObserver.Listener nobody = new FrameObserver.Listener() {
            @Override
            public void pinged(int length) {}

            @Override
            public void ponged(int length) {}

            @Override
            public void closed(Closing closing) {}

            @Override
            public void malformed(String seen) {
                throw new AssertionError(seen);
            }
        };
        return new Passage(new FrameObserver(nobody), fromClient ? ClosingFrame::toUpstream : ClosingFrame::toClient);
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
