package io.planeproxy.server.accesslog;

import io.planeproxy.server.settings.AccessLogFormat;
import java.time.ZoneId;
import java.util.Optional;

/** Makes the lines of the access log. */
interface LineFormat {
    LineFormat NONE = entry -> Optional.empty();

    /** The line for that, where it is worth one of its own. */
    Optional<String> line(Entry entry);

    static LineFormat of(AccessLogFormat format, ZoneId zone) {
        Values values = new Values(new TimeText(zone));
        return switch (format) {
            case AccessLogFormat.Plain() -> new PlainLine(values);
            case AccessLogFormat.Combined() -> new CombinedLine(values);
            case AccessLogFormat.Json() -> new JsonLine(values);
            case AccessLogFormat.Off() -> NONE;
            case AccessLogFormat.Patterned pattern -> new PatternLine(pattern.pieces(), values);
        };
    }
}
