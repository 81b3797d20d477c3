package io.planeproxy.server.accesslog;

import io.planeproxy.core.cause.Refusal;
import io.planeproxy.server.settings.LogVariable;
import java.util.Optional;

/**
 * This program's own format:
 *
 * <pre>2026-11-23T10:00:00.120Z 203.0.113.7 "GET /api/x?… HTTP/1.1" 200 0/5120 0.034 http://10.0.0.5:8080 9f2c… complete</pre>
 *
 * <p>The time; the client's address; the request, without what its query says, which may be a secret; the status that was sent;
 * bytes of body received from the client and sent to it; seconds; the upstream; the request's name; how it ended. A dash
 * stands for what there was none of.
 */
final class PlainLine implements LineFormat {
    private static final String NONE = "-";

    private final Values values;

    PlainLine(Values values) {
        this.values = values;
    }

    @Override
    public Optional<String> line(Entry entry) {
        return Optional.of(value(LogVariable.TIME_ISO8601, entry)
                + " " + entry.client()
                + " \"" + Shown.quoted(value(LogVariable.REQUEST, entry))
                + "\" " + value(LogVariable.STATUS, entry)
                + " " + entry.received() + "/" + entry.sent()
                + " " + value(LogVariable.REQUEST_TIME, entry)
                + " " + value(LogVariable.UPSTREAM_ADDR, entry)
                + " " + value(LogVariable.REQUEST_ID, entry)
                + " " + ending(entry));
    }

    private String value(LogVariable variable, Entry entry) {
        return values.of(variable, entry).orElse(NONE);
    }

    private static String ending(Entry entry) {
        return entry.ending()
                .map(words -> "tunnel ended: " + Shown.printable(words) + inBrackets(entry))
                .or(() -> entry.failure().map(failure -> entry.outcome() + " " + words(failure)))
                .orElse(entry.outcome());
    }

    private static String inBrackets(Entry entry) {
        return entry.failure()
                .map(failure -> " (" + failure.cause().code() + ")")
                .orElse("");
    }

    private static String words(Refusal failure) {
        String code = failure.cause().code();
        return failure.detail().isEmpty() ? code : code + ": " + Shown.printable(failure.detail());
    }
}
