package io.planeproxy.server.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a pattern for the access log can name, as nginx calls it where nginx has it. A closed list: no field of a request is
 * here that may hold a secret.
 */
public enum LogVariable {
    REMOTE_ADDR,
    REMOTE_USER,
    TIME_ISO8601,
    TIME_LOCAL,
    MSEC,
    REQUEST,
    REQUEST_METHOD,
    REQUEST_URI,
    REQUEST_ID,
    REQUEST_TIME,
    SERVER_PROTOCOL,
    SCHEME,
    HOST,
    STATUS,
    BODY_BYTES_RECEIVED,
    BODY_BYTES_SENT,
    HTTP_REFERER,
    HTTP_USER_AGENT,
    UPSTREAM_ADDR,
    UPSTREAM_CONNECT_TIME,
    UPSTREAM_HEADER_TIME,
    UPSTREAM_RESPONSE_TIME,
    TRACE_ID,
    ROUTE,
    OUTCOME,
    CAUSE,
    DETAIL;

    /** As it stands behind the {@code $}. */
    public String spelling() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<LogVariable> of(String spelling) {
        return Arrays.stream(values())
                .filter(variable -> variable.spelling().equals(spelling))
                .findFirst();
    }

    static List<String> spellings() {
        return Arrays.stream(values()).map(LogVariable::spelling).toList();
    }
}
