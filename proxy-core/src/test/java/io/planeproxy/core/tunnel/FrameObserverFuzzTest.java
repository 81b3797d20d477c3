package io.planeproxy.core.tunnel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.planeproxy.core.relay.Closing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Whatever comes: it is read without a fault, it stays as it is, and it means the same however the network cuts it. */
final class FrameObserverFuzzTest {
    @FuzzTest
    void cutsChangeNothing(byte[] bytes) {
        Reading whole = new Reading();
        whole.take(bytes, 0, bytes.length);
        Reading cut = new Reading();
        SplittableRandom random = new SplittableRandom(Arrays.hashCode(bytes));
        for (int from = 0; from < bytes.length; ) {
            int to = Math.min(bytes.length, from + 1 + random.nextInt(9));
            cut.take(bytes, from, to);
            from = to;
        }
        assertEquals(whole.told, cut.told);
        assertEquals(whole.observer.totals(), cut.observer.totals());
        assertEquals(whole.observer.standing(), cut.observer.standing());
        assertTrue(
                whole.told.stream().filter(said -> said.startsWith("malformed")).count() <= 1, "told once");
    }

    /** What an observer made of the bytes so far. */
    private static final class Reading implements FrameObserver.Listener {
        private final FrameObserver observer = new FrameObserver(this);
        private final List<String> told = new ArrayList<>();

        void take(byte[] bytes, int from, int to) {
            ByteBuf data = Unpooled.copiedBuffer(bytes, from, to - from);
            observer.observe(data);
            assertArrayEquals(Arrays.copyOfRange(bytes, from, to), ByteBufUtil.getBytes(data));
            data.release();
        }

        @Override
        public void pinged(int length) {
            told.add("ping of " + length);
        }

        @Override
        public void ponged(int length) {
            told.add("pong of " + length);
        }

        @Override
        public void closed(Closing closing) {
            told.add("close " + closing);
        }

        @Override
        public void malformed(String seen) {
            told.add("malformed " + seen);
        }
    }
}
