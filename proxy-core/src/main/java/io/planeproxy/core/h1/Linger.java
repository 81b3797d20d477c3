package io.planeproxy.core.h1;

import io.planeproxy.core.relay.Deadline;

/** How long a client may go on sending behind its last answer, from when it has taken that. */
final class Linger {
    private final ClientTimeouts timeouts;
    private final Deadline silence;
    private long until = System.nanoTime();

    /** @param silence set while the client may go on */
    Linger(ClientTimeouts timeouts, Deadline silence) {
        this.timeouts = timeouts;
        this.silence = silence;
    }

    /** The answer has been taken. */
    void begin() {
        until = System.nanoTime() + timeouts.linger().toNanos();
        silence.set(timeouts.lingerIdle());
    }

    /** Something has come; before the beginning it does not matter. */
    void heard() {
        if (System.nanoTime() - until < 0) {
            silence.set(timeouts.lingerIdle());
        }
    }
}
