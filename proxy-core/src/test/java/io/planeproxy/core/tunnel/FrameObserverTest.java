package io.planeproxy.core.tunnel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.planeproxy.core.kit.Frames;
import io.planeproxy.core.relay.Closing;
import io.planeproxy.core.relay.TunnelFlow;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However the bytes are cut, the observer sees what a reader of whole frames sees, and changes nothing. */
final class FrameObserverTest {
    private final List<Closing> closings = new ArrayList<>();
    private final List<String> controls = new ArrayList<>();
    private final List<String> malformed = new ArrayList<>();
    private final FrameObserver observer = new FrameObserver(new FrameObserver.Listener() {
        @Override
        public void pinged(int length) {
            controls.add("ping " + length);
        }

        @Override
        public void ponged(int length) {
            controls.add("pong " + length);
        }

        @Override
        public void closed(Closing closing) {
            closings.add(closing);
        }

        @Override
        public void malformed(String seen) {
            malformed.add(seen);
        }
    });

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void countsWhatAReaderOfWholeFramesCountsHoweverItIsCut(long seed) {
        Random random = new Random(seed);
        byte[] bytes = joined(Frames.stream(60, seed % 2 == 0, random));
        feed(bytes, random);
        List<Frames.Frame> expected = Frames.read(bytes);
        assertEquals(expected.size(), observer.totals().frames());
        for (int opcode = 0; opcode < 16; opcode++) {
            int wanted = opcode;
            assertEquals(
                    expected.stream().filter(frame -> frame.opcode() == wanted).count(),
                    observer.totals().byOpcode().get(opcode).frames());
            assertEquals(
                    expected.stream()
                            .filter(frame -> frame.opcode() == wanted)
                            .mapToLong(frame -> frame.payload().length)
                            .sum(),
                    observer.totals().byOpcode().get(opcode).bytes());
        }
        assertEquals(
                expected.stream()
                        .filter(frame -> frame.opcode() < 8 && (frame.first() & 0x80) != 0)
                        .count(),
                observer.totals().messages());
        assertTrue(observer.boundary().isPresent());
        assertEquals(List.of(), malformed);
        assertEquals(
                expected.stream()
                        .filter(frame -> frame.opcode() == 9 || frame.opcode() == 10)
                        .map(frame -> (frame.opcode() == 9 ? "ping " : "pong ") + frame.payload().length)
                        .toList(),
                controls);
    }

    @Test
    void standsBetweenFramesOnlyBehindTheLastByteOfOne() {
        byte[] frame = Frames.frame(0x82, new byte[300], true, new Random(1));
        for (int i = 0; i < frame.length; i++) {
            assertEquals(i == 0, observer.boundary().isPresent(), "before byte " + i);
            observe(new byte[] {frame[i]});
        }
        assertTrue(observer.boundary().isPresent());
    }

    @Test
    void readsTheCodeOfEachCloseFrameAndTheReasonOfOneThatIsNotMasked() {
        observe(Frames.close(4205, "Reset Connection", false, new Random(1)));
        observe(Frames.close(4401, "secret", true, new Random(2)));
        observe(Frames.frame(0x88, new byte[0], false, new Random(3)));
        assertEquals(
                List.of("4205 \"Reset Connection\"", "4401", "without a code"),
                closings.stream().map(Closing::toString).toList());
    }

    @Test
    void behindACloseFrameStandsNoFrameOfOurs() {
        observe(Frames.close(1000, "", false, new Random(1)));
        assertFalse(observer.boundary().isPresent());
        assertEquals(TunnelFlow.Standing.BETWEEN_FRAMES, observer.standing());
    }

    @Test
    void goesBlindOnceAtAHeaderThatNoFrameHas() {
        observe(new byte[] {(byte) 0x89, 126, 0, 126});
        observe(Frames.close(1000, "", false, new Random(1)));
        assertEquals(1, malformed.size());
        assertTrue(observer.isBlind());
        assertFalse(observer.boundary().isPresent());
        assertEquals(List.of(), closings);
    }

    @Test
    void aLengthWithItsHighestBitSetIsNone() {
        observe(new byte[] {(byte) 0x82, 127, (byte) 0x80, 0, 0, 0, 0, 0, 0, 1});
        assertEquals(1, malformed.size());
    }

    private void feed(byte[] bytes, Random random) {
        int at = 0;
        while (at < bytes.length) {
            int count = Math.min(bytes.length - at, 1 + random.nextInt(random.nextBoolean() ? 3 : 5000));
            byte[] piece = new byte[count];
            System.arraycopy(bytes, at, piece, 0, count);
            observe(piece);
            at += count;
        }
    }

    private void observe(byte[] piece) {
        ByteBuf buffer = Unpooled.wrappedBuffer(piece.clone());
        observer.observe(buffer);
        assertEquals(piece.length, buffer.readableBytes());
        byte[] after = new byte[piece.length];
        buffer.readBytes(after);
        assertArrayEquals(piece, after);
    }

    static byte[] joined(List<byte[]> frames) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        frames.forEach(out::writeBytes);
        return out.toByteArray();
    }
}
