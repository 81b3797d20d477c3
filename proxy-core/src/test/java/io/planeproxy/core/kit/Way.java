package io.planeproxy.core.kit;

import java.time.Duration;

/**
 * What a {@link FaultyLink} does to one direction of its first connection.
 *
 * @param latency before each piece is passed on
 * @param jitter at most so much more, at random
 * @param slice how many bytes are written at a time
 * @param passes how many bytes get through before the fault strikes
 */
public record Way(Duration latency, Duration jitter, int slice, long passes, Fault fault) {
    public static final Way CLEAR =
            new Way(Duration.ZERO, Duration.ZERO, Integer.MAX_VALUE, Long.MAX_VALUE, Fault.CLOSE);

    /** How a way ends. */
    public enum Fault {
        /** Both peers see an orderly end. */
        CLOSE,
        /** The receiver sees an orderly end; whatever the sender still sends is lost; the other direction goes on. */
        HALF_CLOSE,
        /** Both peers see RST. */
        RESET,
        /** Nothing gets through any more, nothing is taken from the sender, and nobody is told. */
        BLACK_HOLE
    }

    public Way late(Duration time) {
        return new Way(time, jitter, slice, passes, fault);
    }

    public Way uneven(Duration most) {
        return new Way(latency, most, slice, passes, fault);
    }

    public Way inSlicesOf(int bytes) {
        return new Way(latency, jitter, bytes, passes, fault);
    }

    public Way until(long bytes, Fault strikes) {
        return new Way(latency, jitter, slice, bytes, strikes);
    }
}
