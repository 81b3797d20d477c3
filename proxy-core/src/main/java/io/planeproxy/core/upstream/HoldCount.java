package io.planeproxy.core.upstream;

import java.util.concurrent.atomic.AtomicInteger;

/** How many exchanges are kept waiting for an upstream that is away. For all event loops together. */
public final class HoldCount {
    private final AtomicInteger held = new AtomicInteger();

    /** One more is kept, where no more than so many are then. */
    Verdict enter(int most) {
        if (held.incrementAndGet() <= most) {
            return Verdict.KEPT;
        }
        held.decrementAndGet();
        return Verdict.FULL;
    }

    void leave() {
        held.decrementAndGet();
    }

    /** How many there are now; from any thread. */
    public int now() {
        return held.get();
    }

    enum Verdict {
        KEPT,
        FULL
    }
}
