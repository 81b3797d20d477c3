package io.planeproxy.server.nginx;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times and sizes as nginx writes them, and as this proxy does. */
final class Measures {
    private static final Pattern TIME = Pattern.compile("(\\d{1,9})\\s*(ms|[smhdwMy]?)\\s*");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})([kKmMgG]?)");
    private static final Map<String, Duration> UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1),
            "w", Duration.ofDays(7),
            "M", Duration.ofDays(30),
            "y", Duration.ofDays(365));

    private Measures() {}

    /** Such as {@code 60}, {@code 90s}, {@code 1h 30m}; a bare number is seconds. */
    static Optional<Duration> time(String text) {
        Matcher parts = TIME.matcher(text.strip());
        Duration sum = Duration.ZERO;
        int end = 0;
        while (end < text.strip().length()) {
            if (!parts.find(end) || parts.start() != end) {
                return Optional.empty();
            }
            sum = sum.plus(
                    UNITS.getOrDefault(parts.group(2), Duration.ZERO).multipliedBy(Long.parseLong(parts.group(1))));
            end = parts.end();
        }
        return text.isBlank() ? Optional.empty() : Optional.of(sum);
    }

    /** In the largest unit without a remainder. */
    static String text(Duration time) {
        if (time.toMillis() % 1000 != 0) {
            return time.toMillis() + "ms";
        }
        long seconds = time.toSeconds();
        if (seconds % 86_400 == 0 && seconds > 0) {
            return seconds / 86_400 + "d";
        }
        return seconds % 3_600 == 0 && seconds > 0 ? seconds / 3_600 + "h" : seconds + "s";
    }

    /** Such as {@code 10m} or {@code 8K}, which mean the same here in capitals; bytes get their unit. */
    static Optional<String> size(String text) {
        Matcher size = SIZE.matcher(text);
        return size.matches()
                ? Optional.of(Long.parseLong(size.group(1))
                        + (size.group(2).isEmpty() ? "B" : size.group(2).toUpperCase(Locale.ROOT)))
                : Optional.empty();
    }

    /** In the largest unit without a remainder. */
    static String sizeText(long bytes) {
        return bytes % 1024 == 0 && bytes > 0 ? bytes / 1024 + "K" : bytes + "B";
    }

    /** In bytes. */
    static Optional<Long> bytes(String text) {
        Matcher size = SIZE.matcher(text);
        if (!size.matches()) {
            return Optional.empty();
        }
        int shift = switch (size.group(2).toUpperCase(Locale.ROOT)) {
            case "K" -> 10;
            case "M" -> 20;
            case "G" -> 30;
            default -> 0;
        };
        return Optional.of(Long.parseLong(size.group(1)) << shift);
    }
}
