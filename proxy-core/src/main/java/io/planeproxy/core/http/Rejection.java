package io.planeproxy.core.http;

import io.planeproxy.core.cause.Cause;

/**
 * How the inner parsers of this package leave at the first fault. It never leaves the package: the outermost parser
 * turns it into the value {@link Malformed}. It carries no stack trace, since a peer's fault is not an event of ours.
 */
final class Rejection extends Exception {
    private static final long serialVersionUID = 1L;

    private final Malformed malformed;

    Rejection(Cause cause, String seen) {
        super(cause.code(), null, false, false);
        this.malformed = new Malformed(cause, seen);
    }

    Malformed malformed() {
        return malformed;
    }
}
