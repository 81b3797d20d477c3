package io.planeproxy.core.tunnel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.planeproxy.core.kit.Frames;
import io.planeproxy.core.relay.Closing;
import io.planeproxy.core.relay.FrameTotals;
import io.planeproxy.core.relay.TunnelFlow;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.BeforeTry;

/** Laws that hold for any frames, however the network cuts them. */
@Label("one direction of a WebSocket")
final class PassagePropertiesTest {
    private static final UnpooledByteBufAllocator ALLOCATOR = UnpooledByteBufAllocator.DEFAULT;

    private OwnPings pings = new OwnPings();
    private ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int answers;

    @BeforeTry
    void startAnew() {
        pings = new OwnPings();
        out = new ByteArrayOutputStream();
        answers = 0;
    }

    @Property
    void whatComesOutIsWhatWentInAndIsCountedAsAReaderOfWholeFramesCountsIt(
            @ForAll("frames") List<byte[]> frames,
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 3000) Integer> cuts) {
        byte[] in = FrameObserverTest.joined(frames);
        Passage passage = passage();
        pass(passage, in, cuts);
        assertArrayEquals(in, out.toByteArray());
        assertEquals(counted(Frames.read(in)), passage.totals());
        assertEquals(TunnelFlow.Standing.BETWEEN_FRAMES, passage.standing());
    }

    @Property
    void pingsOfOursStandBetweenFramesAndAllElseIsUnchanged(
            @ForAll("framesWithoutClose") List<byte[]> frames,
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 3000) Integer> cuts) {
        byte[] in = FrameObserverTest.joined(frames);
        Passage passage = passage();
        ping(passage);
        byte[] ours = Frames.read(out.toByteArray()).getFirst().payload();
        for (byte[] piece : pieces(in, cuts)) {
            pass(passage, piece);
            ping(passage);
        }
        List<Frames.Frame> sent = Frames.read(out.toByteArray());
        List<Frames.Frame> theirs = sent.stream()
                .filter(frame -> frame.first() != 0x89 || !Arrays.equals(ours, frame.payload()))
                .toList();
        assertEquals(pings.unanswered(), sent.size() - theirs.size());
        assertSame(Frames.read(in), theirs);
    }

    @Property(tries = 300)
    void thePongsToOurPingsAreTakenOutAndAllElseIsUnchanged(
            @ForAll("framesWithoutClose") List<byte[]> frames,
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 3000) Integer> cuts,
            @ForAll @IntRange(min = 1, max = 5) int every) {
        byte[] pong = PassageTest.pongTo(Optional.of(pingFrame()));
        List<byte[]> withPongs = new ArrayList<>();
        for (int i = 0; i < frames.size(); i++) {
            withPongs.add(frames.get(i));
            if (i % every == 0) {
                withPongs.add(pong);
                pingFrame().release();
            }
        }
        int due = pings.unanswered();
        Passage passage = passage();
        pass(passage, FrameObserverTest.joined(withPongs), cuts);
        passage.rest().ifPresent(this::take);
        assertArrayEquals(FrameObserverTest.joined(frames), out.toByteArray());
        assertEquals(due - 1, answers, "one more was sent than there are pongs");
        assertEquals(counted(Frames.read(FrameObserverTest.joined(frames))), passage.totals());
    }

    @Property
    void aCloseFrameOfOursFollowsWholeFramesAlone(
            @ForAll("framesWithoutClose") List<byte[]> frames,
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 3000) Integer> cuts,
            @ForAll @IntRange(min = 0, max = 100) int closeAfterPercent) {
        byte[] in = FrameObserverTest.joined(frames);
        int closeAt = (int) ((long) in.length * closeAfterPercent / 100);
        Passage passage = passage();
        pass(passage, Arrays.copyOf(in, closeAt), cuts);
        passage.close(ClosingFrame::toClient, ALLOCATOR).ifPresent(this::take);
        pass(passage, Arrays.copyOfRange(in, closeAt, in.length), cuts);
        List<Frames.Frame> sent = Frames.read(out.toByteArray());
        assertEquals(0x88, sent.getLast().first());
        List<Frames.Frame> theirs = sent.subList(0, sent.size() - 1);
        assertSame(Frames.read(in).subList(0, theirs.size()), theirs);
        int whole = theirs.isEmpty() ? 0 : FrameObserverTest.joined(frames.subList(0, theirs.size())).length;
        int before = theirs.isEmpty() ? 0 : whole - frames.get(theirs.size() - 1).length;
        assertTrue(before < closeAt || closeAt == 0 && whole == 0, "no frame was begun after the close");
        assertTrue(whole >= closeAt, "and none was cut");
    }

    @Provide
    Arbitrary<List<byte[]>> frames() {
        return frame(8).list().ofMaxSize(25);
    }

    @Provide
    Arbitrary<List<byte[]>> framesWithoutClose() {
        return frame(9).list().ofMinSize(1).ofMaxSize(25);
    }

    private static Arbitrary<byte[]> frame(int firstControl) {
        Arbitrary<Integer> reserved = Arbitraries.integers().between(0, 7);
        Arbitrary<Boolean> masked = Arbitraries.of(true, false);
        Arbitrary<byte[]> data = Combinators.combine(
                        Arbitraries.integers().between(0, 7), Arbitraries.of(0x00, 0x80), reserved, dataSizes(), masked)
                .as((opcode, last, bits, size, mask) -> bytes(last | bits << 4 | opcode, size, mask));
        Arbitrary<byte[]> control = Combinators.combine(
                        Arbitraries.integers().between(firstControl, 15),
                        reserved,
                        Arbitraries.integers().between(0, 125),
                        masked)
                .as((opcode, bits, size, mask) -> bytes(0x80 | bits << 4 | opcode, size, mask));
        return Arbitraries.oneOf(data, control);
    }

    /** Around where a length takes more bytes. */
    private static Arbitrary<Integer> dataSizes() {
        return Arbitraries.oneOf(
                Arbitraries.integers().between(0, 130),
                Arbitraries.integers().between(131, 3000),
                Arbitraries.of(65_535, 65_536));
    }

    private static byte[] bytes(int first, int size, boolean masked) {
        Random random = new Random(size);
        byte[] payload = new byte[size];
        random.nextBytes(payload);
        return Frames.frame(first, payload, masked, random);
    }

    private Passage passage() {
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
        return new Passage(new FrameObserver(nobody), new PongSieve(pings, () -> {
            answers++;
            pings.answered();
        }));
    }

    private void ping(Passage passage) {
        passage.insert((boundary, allocator) -> pings.frame(boundary, allocator, 0), ALLOCATOR)
                .ifPresent(this::take);
    }

    private ByteBuf pingFrame() {
        return passage()
                .insert((boundary, allocator) -> pings.frame(boundary, allocator, 0), ALLOCATOR)
                .orElseThrow();
    }

    private void pass(Passage passage, byte[] bytes, List<Integer> cuts) {
        pieces(bytes, cuts).forEach(piece -> pass(passage, piece));
    }

    private void pass(Passage passage, byte[] piece) {
        passage.pass(Unpooled.copiedBuffer(piece), ALLOCATOR).ifPresent(this::take);
    }

    /** Cut to these lengths, over and over again. */
    private static List<byte[]> pieces(byte[] bytes, List<Integer> cuts) {
        List<byte[]> pieces = new ArrayList<>();
        int at = 0;
        while (at < bytes.length) {
            int end = Math.min(bytes.length, at + cuts.get(pieces.size() % cuts.size()));
            pieces.add(Arrays.copyOfRange(bytes, at, end));
            at = end;
        }
        return pieces;
    }

    private void take(ByteBuf data) {
        out.writeBytes(ByteBufUtil.getBytes(data));
        data.release();
    }

    private static void assertSame(List<Frames.Frame> expected, List<Frames.Frame> actual) {
        assertEquals(expected.size(), actual.size());
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(expected.get(i).first(), actual.get(i).first());
            assertArrayEquals(expected.get(i).payload(), actual.get(i).payload());
        }
    }

    private static FrameTotals counted(List<Frames.Frame> frames) {
        List<FrameTotals.Total> totals = new ArrayList<>();
        for (int opcode = 0; opcode < 16; opcode++) {
            int wanted = opcode;
            List<Frames.Frame> those =
                    frames.stream().filter(frame -> frame.opcode() == wanted).toList();
            totals.add(new FrameTotals.Total(
                    those.size(),
                    those.stream().mapToLong(frame -> frame.payload().length).sum()));
        }
        long messages = frames.stream()
                .filter(frame -> frame.opcode() < 8 && frame.first() >= 0x80)
                .count();
        return new FrameTotals(totals, messages);
    }
}
