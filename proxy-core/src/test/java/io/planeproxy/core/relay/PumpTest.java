package io.planeproxy.core.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Back-pressure between any source and any sink. */
final class PumpTest {
    private static final int WATERMARK = 100;

    /** Negative steps are bytes that the sink gets rid of, the others bytes that the source has to give. */
    @Property
    void whatIsQueuedIsBoundedAndNothingStaysStuck(@ForAll List<@IntRange(min = -80, max = 60) Integer> steps) {
        Pipe pipe = new Pipe();
        for (int step : steps) {
            if (step < 0) {
                pipe.drain(-step);
            } else {
                pipe.offer(step);
            }
            assertTrue(pipe.queued < WATERMARK + 60, pipe.queued + " bytes are queued");
            assertEquals(pipe.pauses - pipe.resumes, pipe.paused ? 1 : 0, "pauses and resumes take turns");
            assertEquals(!pipe.paused, pipe.isWritable(), "the source runs exactly while the sink takes more");
        }
        pipe.drain(Integer.MAX_VALUE);
        assertEquals(false, pipe.paused);
    }

    private static final class Pipe implements Pump.Source, Sink {
        private final Pump pump = new Pump(this, this);
        private int queued;
        private boolean paused;
        private int pauses;
        private int resumes;

        void offer(int bytes) {
            if (!paused) {
                queued += bytes;
                pump.moved();
            }
        }

        void drain(int bytes) {
            queued = Math.max(0, queued - bytes);
            pump.drained();
        }

        @Override
        public void pause() {
            assertEquals(false, paused);
            paused = true;
            pauses++;
        }

        @Override
        public void resume() {
            assertEquals(true, paused);
            paused = false;
            resumes++;
        }

        @Override
        public boolean isWritable() {
            return queued < WATERMARK;
        }
    }
}
