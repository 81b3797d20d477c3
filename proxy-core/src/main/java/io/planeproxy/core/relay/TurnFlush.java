package io.planeproxy.core.relay;

import io.netty.util.concurrent.EventExecutor;

/**
 * Flushes a connection behind what was written to it: when {@link #now} says that it is worth it, and at the end of the event
 * loop's turn at the latest, once for all that is left.
 */
public final class TurnFlush implements Runnable {
    private final EventExecutor loop;
    private final Runnable flush;
    private boolean unflushed;
    private boolean scheduled;

    /** @param flush runs on the event loop, once for all that was written before */
    public TurnFlush(EventExecutor loop, Runnable flush) {
        this.loop = loop;
        this.flush = flush;
    }

    /** Something has been written. */
    public void want() {
        unflushed = true;
        if (!scheduled) {
            scheduled = true;
            loop.execute(this);
        }
    }

    /** Nothing more is to be expected soon: the other side can begin, while others have their turn here. */
    public void now() {
        if (unflushed) {
            unflushed = false;
            flush.run();
        }
    }

    @Override
    public void run() {
        scheduled = false;
        now();
    }
}
