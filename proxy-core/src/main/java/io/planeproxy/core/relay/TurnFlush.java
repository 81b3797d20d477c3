package io.planeproxy.core.relay;

import io.netty.util.concurrent.EventExecutor;

/** Flushes a connection once at the end of the event loop's turn, however much was written in it. */
public final class TurnFlush implements Runnable {
    private final EventExecutor loop;
    private final Runnable flush;
    private boolean wanted;

    /** @param flush runs on the event loop, once for all that was written before */
    public TurnFlush(EventExecutor loop, Runnable flush) {
        this.loop = loop;
        this.flush = flush;
    }

    /** Something has been written. */
    public void want() {
        if (!wanted) {
            wanted = true;
            loop.execute(this);
        }
    }

    @Override
    public void run() {
        wanted = false;
        flush.run();
    }
}
