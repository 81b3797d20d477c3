package io.planeproxy.core.relay;

import java.time.Duration;

/** Takes the times of an exchange. Every time is {@link System#nanoTime()}. */
final class Stopwatch {
    private final long began;
    private long leased;
    private long answered;
    private Stage stage = Stage.CONNECTING;

    Stopwatch(long now) {
        this.began = now;
    }

    private enum Stage {
        CONNECTING,
        WAITING,
        REPLYING
    }

    /** A connection is asked for, perhaps once more. */
    void connecting() {
        stage = Stage.CONNECTING;
    }

    void leased(long now) {
        leased = now;
        stage = Stage.WAITING;
    }

    /** The head of the reply is there. */
    void answered(long now) {
        answered = now;
        stage = Stage.REPLYING;
    }

    Phases phases(long now) {
        return switch (stage) {
            case CONNECTING -> new Phases.Connecting(Duration.ofNanos(now - began));
            case WAITING -> new Phases.Waiting(Duration.ofNanos(leased - began), Duration.ofNanos(now - leased));
            case REPLYING ->
                new Phases.Replying(
                        Duration.ofNanos(leased - began),
                        Duration.ofNanos(answered - leased),
                        Duration.ofNanos(now - answered));
        };
    }

    Duration took(long now) {
        return Duration.ofNanos(now - began);
    }
}
