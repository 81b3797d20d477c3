package io.planeproxy.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.channel.embedded.EmbeddedChannel;
import io.planeproxy.core.relay.Callbacks;
import io.planeproxy.core.relay.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

final class LateWatchTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final List<Long> late = new ArrayList<>();

    @Test
    void anEventLoopThatComesInTimeIsNotLate() {
        start();
        for (int i = 0; i < 3; i++) {
            passes(100);
        }
        assertEquals(List.of(0L, 0L, 0L), late);
    }

    @Test
    void afterAStallEachLookThatWasMissedIsAsLateAsItIs() {
        start();
        passes(350);
        assertEquals(List.of(250L, 150L, 50L), late);
        passes(50);
        assertEquals(0L, late.getLast());
    }

    private void start() {
        channel.freezeTime();
        LateWatch.start(new Callbacks(channel.eventLoop(), Assertions::fail), new Tally() {
            @Override
            public void eventLoopLate(long nanos) {
                late.add(TimeUnit.NANOSECONDS.toMillis(nanos));
            }
        });
        channel.runPendingTasks();
    }

    private void passes(long millis) {
        channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        channel.runPendingTasks();
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }
}
