package io.planeproxy.server.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spans of time. A unit is required: a bare number means milliseconds in HOCON and seconds in nginx. */
final class Durations {
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,11})\\s*([A-Za-z]*)");

    private Durations() {}

    /** From one millisecond to a year. */
    static Duration parse(String text) throws Unreadable {
        Matcher written = WRITTEN.matcher(text.strip());
        if (!written.matches()) {
            throw new Unreadable("a duration", "write for example 500ms, 30s, 10m or 1h");
        }
        if (written.group(2).isEmpty()) {
            throw new Unreadable(
                    "a duration with its unit",
                    "write for example " + written.group(1) + "s or " + written.group(1) + "ms");
        }
        ChronoUnit unit = unit(written.group(2))
                .orElseThrow(() ->
                        new Unreadable("a duration in ms, s, m, h or d", "write for example 500ms, 30s, 10m or 1h"));
        Duration duration = Duration.of(Long.parseLong(written.group(1)), unit);
        if (duration.isZero() || duration.compareTo(LONGEST) > 0) {
            throw new Unreadable("a duration from 1ms to 365d", "");
        }
        return duration;
    }

    private static Optional<ChronoUnit> unit(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "ms", "milli", "millis", "millisecond", "milliseconds" -> Optional.of(ChronoUnit.MILLIS);
            case "s", "second", "seconds" -> Optional.of(ChronoUnit.SECONDS);
            case "m", "minute", "minutes" -> Optional.of(ChronoUnit.MINUTES);
            case "h", "hour", "hours" -> Optional.of(ChronoUnit.HOURS);
            case "d", "day", "days" -> Optional.of(ChronoUnit.DAYS);
            default -> Optional.empty();
        };
    }
}
