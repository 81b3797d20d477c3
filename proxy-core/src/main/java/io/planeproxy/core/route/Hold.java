package io.planeproxy.core.route;

import java.time.Duration;
import java.util.Optional;

/**
 * How long requests are kept waiting for an upstream that is away, instead of being refused at once.
 *
 * @param handshakes for those that switch protocols; nothing for not at all
 * @param requests for all others; nothing for not at all
 * @param most how many wait at the same time in the whole engine, whatever they wait for
 */
public record Hold(Optional<Duration> handshakes, Optional<Duration> requests, int most) {
    public static final Hold NOBODY = new Hold(Optional.empty(), Optional.empty(), 0);
}
