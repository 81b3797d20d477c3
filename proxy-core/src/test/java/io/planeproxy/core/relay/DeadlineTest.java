package io.planeproxy.core.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A limit that is set, moved, lifted and reached, in a time of its own. */
final class DeadlineTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final List<String> faults = new ArrayList<>();
    private final Callbacks callbacks = new Callbacks(channel.eventLoop(), fault -> faults.add(fault.getMessage()));
    private final Deadline deadline = new Deadline(callbacks, this::reached);
    private int reached;
    private boolean setAgain;

    @BeforeEach
    void stopTheClock() {
        channel.freezeTime();
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private void reached() {
        reached++;
        if (setAgain) {
            setAgain = false;
            deadline.set(Duration.ofSeconds(3));
        }
    }

    @Test
    void itIsReachedOnceAndNotBefore() {
        deadline.set(Duration.ofSeconds(10));
        assertEquals(0, after(9_999));
        assertEquals(1, after(1));
        assertEquals(1, after(100_000));
    }

    @Test
    void settingItLaterMovesIt() {
        deadline.set(Duration.ofSeconds(10));
        for (int i = 0; i < 20; i++) {
            assertEquals(0, after(6_000));
            deadline.set(Duration.ofSeconds(10));
        }
        assertEquals(0, after(9_999));
        assertEquals(1, after(1));
    }

    @Test
    void settingItSoonerMovesIt() {
        deadline.set(Duration.ofSeconds(10));
        deadline.set(Duration.ofSeconds(1));
        assertEquals(1, after(1_000));
        assertEquals(1, after(100_000));
    }

    @Test
    void aLiftedLimitIsNotReached() {
        deadline.set(Duration.ofSeconds(10));
        deadline.lift();
        assertEquals(0, after(100_000));
    }

    @Test
    void aLimitThatIsSetAgainAfterItWasLiftedCountsFromThen() {
        deadline.set(Duration.ofSeconds(10));
        assertEquals(0, after(5_000));
        deadline.lift();
        assertEquals(0, after(3_000));
        deadline.set(Duration.ofSeconds(10));
        assertEquals(0, after(9_999));
        assertEquals(1, after(1));
    }

    @Test
    void aCancelledLimitLeavesNothingBehind() {
        deadline.set(Duration.ofSeconds(10));
        deadline.cancel();
        assertEquals(-1, channel.runScheduledPendingTasks());
        assertEquals(0, after(100_000));
    }

    @Test
    void itMayBeSetAgainWhereItIsReached() {
        setAgain = true;
        deadline.set(Duration.ofSeconds(1));
        assertEquals(1, after(1_000));
        assertEquals(1, after(2_999));
        assertEquals(2, after(1));
    }

    @Test
    void settingItOftenSchedulesOnce() {
        deadline.set(Duration.ofSeconds(10));
        long next = channel.runScheduledPendingTasks();
        for (int i = 0; i < 1_000; i++) {
            channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
            deadline.set(Duration.ofSeconds(10));
        }
        assertEquals(next - Duration.ofSeconds(1).toNanos(), channel.runScheduledPendingTasks());
        assertTrue(next > 0);
    }

    @Test
    void whatItsEndThrowsIsTold() {
        Deadline faulty = new Deadline(callbacks, () -> {
            throw new IllegalStateException("a row that can not be");
        });
        faulty.set(Duration.ofSeconds(1));
        after(1_000);
        assertEquals(List.of("a row that can not be"), faults);
    }

    private int after(long milliseconds) {
        channel.advanceTimeBy(milliseconds, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        return reached;
    }
}
