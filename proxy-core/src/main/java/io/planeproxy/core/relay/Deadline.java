package io.planeproxy.core.relay;

import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A time limit that is set and lifted often and reached seldom. Setting it later costs no more than reading the clock:
 * the one scheduled task looks, when it runs, whether the limit has moved. For one event loop.
 */
public final class Deadline {
    private final Callbacks callbacks;
    private final Ticker clock;
    private final Runnable reached;
    private boolean set;
    private long at;
    private @Nullable Future<?> task;
    private long taskAt;

    /** @param reached runs on the event loop, with the limit lifted */
    public Deadline(Callbacks callbacks, Runnable reached) {
        this.callbacks = callbacks;
        this.clock = callbacks.loop().ticker();
        this.reached = reached;
    }

    /** The limit is that long from now; a limit that was set before is replaced. */
    public void set(Duration fromNow) {
        long now = clock.nanoTime();
        at = now + fromNow.toNanos();
        set = true;
        if (task == null || taskAt - at > 0) {
            cancelTask();
            schedule(now);
        }
    }

    public void lift() {
        set = false;
    }

    /** Lifts the limit for good. */
    public void cancel() {
        set = false;
        cancelTask();
    }

    private void schedule(long now) {
        taskAt = at;
        task = callbacks.after(Duration.ofNanos(at - now), this::look);
    }

    private void look() {
        task = null;
        if (!set) {
            return;
        }
        long now = clock.nanoTime();
        if (at - now > 0) {
            schedule(now);
        } else {
            set = false;
            reached.run();
        }
    }

    private void cancelTask() {
        if (task != null) {
            task.cancel(false);
            task = null;
        }
    }
}
