package io.planeproxy.server.settings;

import java.time.Duration;
import java.util.Optional;

/** A duration that may be switched off. */
public sealed interface Span {

    /** None. */
    record Off() implements Span {
        @Override
        public String toString() {
            return "off";
        }
    }

    /** This long. */
    record Of(Duration duration) implements Span {
        @Override
        public String toString() {
            return duration.toString();
        }
    }

    /** The duration, unless it is off. */
    default Optional<Duration> asOptional() {
        return switch (this) {
            case Off() -> Optional.empty();
            case Of(Duration duration) -> Optional.of(duration);
        };
    }

    static Span parse(String text) throws Unreadable {
        if (text.strip().equalsIgnoreCase("off")) {
            return new Off();
        }
        try {
            return new Of(Durations.parse(text));
        } catch (Unreadable e) {
            throw new Unreadable("off, or " + e.expected(), e.advice());
        }
    }
}
