package io.planeproxy.core.socket;

import io.planeproxy.core.h1.ClientTimeouts;
import java.time.Duration;

/** The defaults, but for what is named. */
final class Timeouts {
    private static final ClientTimeouts STANDARD = ClientTimeouts.DEFAULT;

    private Timeouts() {}

    static ClientTimeouts headWithin(Duration head) {
        return new ClientTimeouts(
                head,
                STANDARD.bodyIdle(),
                STANDARD.bodyLeastRate(),
                STANDARD.writeStall(),
                STANDARD.keepAlive(),
                STANDARD.linger(),
                STANDARD.lingerIdle());
    }

    /** For the body of a request. */
    static ClientTimeouts body(Duration idle, int leastRate) {
        return new ClientTimeouts(
                STANDARD.head(),
                idle,
                leastRate,
                STANDARD.writeStall(),
                STANDARD.keepAlive(),
                STANDARD.linger(),
                STANDARD.lingerIdle());
    }

    /** For a client that stays behind its last answer. */
    static ClientTimeouts lingering(Duration linger) {
        return new ClientTimeouts(
                STANDARD.head(),
                STANDARD.bodyIdle(),
                STANDARD.bodyLeastRate(),
                STANDARD.writeStall(),
                STANDARD.keepAlive(),
                linger,
                linger);
    }
}
