package io.planeproxy.server.pages;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Figures as people read them. */
final class Words {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMM yyyy HH:mm:ss z", Locale.ENGLISH).withZone(ZoneId.systemDefault());

    private Words() {}

    /** In the two largest units, the second one left out where the first is large enough. */
    static String duration(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min";
        }
        if (seconds < 86_400) {
            return seconds / 3600 + " h " + seconds / 60 % 60 + " min";
        }
        long days = seconds / 86_400;
        return days == 1 ? "1 day" : days + " days";
    }

    static String ago(Instant then, Instant now) {
        return duration(Duration.between(then, now));
    }

    static String time(Instant at) {
        return TIME.format(at);
    }

    /** In powers of 1024, as everywhere else in this program. */
    static String bytes(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        double scaled = bytes;
        int unit = -1;
        while (scaled >= 1024 && unit < 3) {
            scaled /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, scaled < 10 ? "%.1f %ciB" : "%.0f %ciB", scaled, "KMGT".charAt(unit));
    }

    static String millis(Duration time) {
        double millis = time.toNanos() / 1e6;
        return String.format(Locale.ROOT, millis < 10 ? "%.1f ms" : "%.0f ms", millis);
    }

    static String count(long number, String one) {
        return String.format(Locale.ENGLISH, "%,d ", number) + (number == 1 ? one : one + "s");
    }
}
