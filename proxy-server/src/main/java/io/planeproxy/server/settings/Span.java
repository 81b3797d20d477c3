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

    /** Off, or a duration of at least that long. */
    static Form<Span> from(Duration least) {
        return text -> {
            if (text.strip().equalsIgnoreCase("off")) {
                return new Off();
            }
            Duration duration = duration(text);
            if (duration.compareTo(least) < 0) {
                throw new Unreadable("off, or a duration from " + least.toSeconds() + "s on", "");
            }
            return new Of(duration);
        };
    }

    private static Duration duration(String text) throws Unreadable {
        try {
            return Durations.parse(text);
        } catch (Unreadable e) {
            throw new Unreadable("off, or " + e.expected(), e.advice());
        }
    }
}
