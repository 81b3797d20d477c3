package io.planeproxy.server.accesslog;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Times as lines show them. The text of a second is made once and kept for all the lines of that second. */
final class TimeText {
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter OFFSET = DateTimeFormatter.ofPattern("XXX", Locale.ROOT);
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");
    private static final DateTimeFormatter LOCAL = local();

    private final ZoneId zone;
    private volatile Second last;

    TimeText(ZoneId zone) {
        this.zone = zone;
        this.last = Second.of(0, zone);
    }

    /** With months of its own: to look for those of a language costs as much as all else here. */
    private static DateTimeFormatter local() {
        Map<Long, String> months = IntStream.range(0, 12).boxed().collect(Collectors.toMap(i -> i + 1L, MONTHS::get));
        return new DateTimeFormatterBuilder()
                .appendPattern("dd/")
                .appendText(ChronoField.MONTH_OF_YEAR, months)
                .appendPattern("/yyyy:HH:mm:ss Z")
                .toFormatter(Locale.ROOT);
    }

    private record Second(long number, String iso, String offset, String local) {
        static Second of(long number, ZoneId zone) {
            ZonedDateTime time = Instant.ofEpochSecond(number).atZone(zone);
            return new Second(number, SECOND.format(time), OFFSET.format(time), LOCAL.format(time));
        }
    }

    /** As in {@code 2026-11-23T10:00:00.120Z} (ISO 8601). */
    String iso(Instant at) {
        Second second = second(at);
        return second.iso + millis(at) + second.offset;
    }

    /** As nginx and Apache write it: {@code 23/Nov/2026:10:00:00 +0000}. */
    String local(Instant at) {
        return second(at).local;
    }

    private Second second(Instant at) {
        Second known = last;
        if (known.number != at.getEpochSecond()) {
            known = Second.of(at.getEpochSecond(), zone);
            last = known;
        }
        return known;
    }

    /** Three digits behind a point. */
    static String millis(Instant at) {
        return fraction(at.getNano() / 1_000_000);
    }

    static String fraction(int millis) {
        return (millis < 10 ? ".00" : millis < 100 ? ".0" : ".") + millis;
    }
}
