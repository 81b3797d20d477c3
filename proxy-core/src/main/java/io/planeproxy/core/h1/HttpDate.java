package io.planeproxy.core.h1;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** The time as it stands in a Date field (RFC 9110 §5.6.7). */
final class HttpDate {
    private HttpDate() {}

    static String now() {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
    }
}
