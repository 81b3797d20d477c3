package io.planeproxy.server.accesslog;

import io.planeproxy.server.settings.LogVariable;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One JSON object (RFC 8259); what there is none of is left out. */
final class JsonLine implements LineFormat {

    /** The name of a value, what it is, and how it is written. */
    private record Member(String name, LogVariable variable, Notation notation) {}

    private enum Notation {
        TEXT,
        NUMBER
    }

    private static final List<Member> MEMBERS = List.of(
            text("client", LogVariable.REMOTE_ADDR),
            text("request_id", LogVariable.REQUEST_ID),
            text("trace_id", LogVariable.TRACE_ID),
            text("scheme", LogVariable.SCHEME),
            text("host", LogVariable.HOST),
            text("method", LogVariable.REQUEST_METHOD),
            text("target", LogVariable.REQUEST_URI),
            text("protocol", LogVariable.SERVER_PROTOCOL),
            text("referer", LogVariable.HTTP_REFERER),
            text("user_agent", LogVariable.HTTP_USER_AGENT),
            number("status", LogVariable.STATUS),
            number("received", LogVariable.BODY_BYTES_RECEIVED),
            number("sent", LogVariable.BODY_BYTES_SENT),
            number("seconds", LogVariable.REQUEST_TIME),
            number("seconds_to_connection", LogVariable.UPSTREAM_CONNECT_TIME),
            number("seconds_to_head", LogVariable.UPSTREAM_HEADER_TIME),
            text("route", LogVariable.ROUTE),
            text("upstream", LogVariable.UPSTREAM_ADDR),
            text("outcome", LogVariable.OUTCOME),
            text("cause", LogVariable.CAUSE),
            text("detail", LogVariable.DETAIL));

    private final Values values;

    JsonLine(Values values) {
        this.values = values;
    }

    private static Member text(String name, LogVariable variable) {
        return new Member(name, variable, Notation.TEXT);
    }

    private static Member number(String name, LogVariable variable) {
        return new Member(name, variable, Notation.NUMBER);
    }

    @Override
    public Optional<String> line(Entry entry) {
        StringBuilder line = new StringBuilder(512);
        line.append("{\"time\":\"")
                .append(values.of(LogVariable.TIME_ISO8601, entry).orElseThrow());
        line.append("\",\"kind\":\"")
                .append(entry.kind().name().toLowerCase(Locale.ROOT))
                .append('"');
        for (Member member : MEMBERS) {
            values.of(member.variable(), entry).ifPresent(value -> append(line, member, value));
        }
        return Optional.of(line.append('}').toString());
    }

    private static void append(StringBuilder line, Member member, String value) {
        line.append(",\"").append(member.name()).append("\":");
        switch (member.notation()) {
            case TEXT -> appendText(line.append('"'), value).append('"');
            case NUMBER -> line.append(value);
        }
    }

    private static StringBuilder appendText(StringBuilder line, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else if (Shown.isControl(c) || Character.isSurrogate(c)) {
                line.append("\\u").append(HexFormat.of().toHexDigits(c));
            } else {
                line.append(c);
            }
        }
        return line;
    }
}
