package io.planeproxy.core.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads requests by the grammar of RFC 9112 and nothing else, in the plainest way there is, and stops at the first byte
 * that does not fit. It shares no code with the proxy. What the proxy forgives it forgives too: one empty line before a request,
 * and chunk extensions.
 */
final class StrictParser {
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final Pattern REQUEST_LINE = Pattern.compile("(" + TOKEN + ") ([\\x21-\\x7e]+) HTTP/1\\.([0-9])");
    private static final Pattern ABSOLUTE = Pattern.compile("(?i:https?)://([^/?#]*)(.*)");
    private static final Pattern FIELD = Pattern.compile("(" + TOKEN + "):([\\t\\x20-\\x7e\\x80-\\xff]*)");
    private static final Pattern CHUNK = Pattern.compile("([0-9A-Fa-f]{1,15})([ \\t]*;[\\t\\x20-\\x7e\\x80-\\xff]*)?");

    private final String in;
    private final List<SeenRequest> seen = new ArrayList<>();
    private int at;

    private StrictParser(String in) {
        this.in = in;
    }

    /** All requests up to the first fault, the last perhaps cut. */
    static List<SeenRequest> read(String in) {
        StrictParser parser = new StrictParser(in);
        while (parser.next()) {
            // As long as there is another.
        }
        return parser.seen;
    }

    /** All requests; the bytes must be requests to their end, the last perhaps cut in its body. */
    static List<SeenRequest> readAll(String in) {
        StrictParser parser = new StrictParser(in);
        while (parser.next()) {
            // As long as there is another.
        }
        if (parser.at < in.length()) {
            throw new AssertionError("no request, or the end of one, at byte " + parser.at);
        }
        return parser.seen;
    }

    private record Line(String head, String method, String target, int minor) {}

    private record Field(String name, String value) {}

    private boolean next() {
        if (in.startsWith("\r\n", at)) {
            at += 2;
        }
        int end = in.indexOf("\r\n\r\n", at);
        if (end < 0) {
            return false;
        }
        String[] lines = in.substring(at, end).split("\r\n", -1);
        Matcher first = REQUEST_LINE.matcher(lines[0]);
        List<Field> fields = fields(lines, 1);
        if (!first.matches() || fields == null) {
            return false;
        }
        Line line = new Line(
                in.substring(at, end),
                first.group(1),
                originForm(first.group(1), first.group(2)),
                first.group(3).charAt(0) - '0');
        int hosts = values(fields, "host").size();
        if (hosts > 1 || hosts == 0 && line.minor > 0) {
            return false;
        }
        return body(line, fields, end + 4) && persists(line, fields);
    }

    private static String originForm(String method, String target) {
        Matcher absolute = ABSOLUTE.matcher(target);
        if (!absolute.matches()) {
            return target;
        }
        String rest = absolute.group(2);
        if (rest.isEmpty()) {
            return method.equals("OPTIONS") ? "*" : "/";
        }
        return rest.startsWith("/") ? rest : "/" + rest;
    }

    private static List<Field> fields(String[] lines, int from) {
        List<Field> fields = new ArrayList<>();
        for (int i = from; i < lines.length; i++) {
            Matcher field = FIELD.matcher(lines[i]);
            if (!field.matches()) {
                return null;
            }
            fields.add(new Field(field.group(1), field.group(2).replaceAll("^[ \t]+|[ \t]+$", "")));
        }
        return fields;
    }

    private static List<String> values(List<Field> fields, String name) {
        return fields.stream()
                .filter(field -> field.name.equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }

    /** Reads it, and says whether the message ended as it should. */
    private boolean body(Line line, List<Field> fields, int from) {
        List<String> codings = values(fields, "transfer-encoding");
        List<String> lengths = values(fields, "content-length");
        if (codings.isEmpty() && lengths.isEmpty()) {
            return fixed(line, from, 0);
        }
        if (codings.isEmpty() && lengths.size() == 1 && lengths.getFirst().matches("[0-9]{1,18}")) {
            return fixed(line, from, Long.parseLong(lengths.getFirst()));
        }
        boolean chunked =
                lengths.isEmpty() && codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked");
        return chunked && line.minor > 0 && chunked(line, from);
    }

    private boolean fixed(Line line, int from, long length) {
        int to = (int) Math.min(in.length(), from + length);
        return ends(
                line, in.substring(from, to), to, to - from == length ? SeenRequest.End.WHOLE : SeenRequest.End.CUT);
    }

    private boolean chunked(Line line, int from) {
        StringBuilder body = new StringBuilder();
        int place = from;
        while (true) {
            int lineEnd = in.indexOf("\r\n", place);
            Matcher size = CHUNK.matcher(lineEnd < 0 ? "" : in.substring(place, lineEnd));
            if (!size.matches()) {
                return ends(line, body.toString(), lineEnd < 0 ? in.length() : place, SeenRequest.End.CUT);
            }
            long length = Long.parseLong(size.group(1), 16);
            place = lineEnd + 2;
            if (length == 0) {
                return trailers(line, body.toString(), place);
            }
            int to = (int) Math.min(in.length(), place + length);
            body.append(in, place, to);
            place = to;
            if (!in.startsWith("\r\n", place)) {
                return ends(line, body.toString(), place, SeenRequest.End.CUT);
            }
            place += 2;
        }
    }

    private boolean trailers(Line line, String body, int from) {
        if (in.startsWith("\r\n", from)) {
            return ends(line, body, from + 2, SeenRequest.End.WHOLE);
        }
        int end = in.indexOf("\r\n\r\n", from);
        boolean wellFormed = end >= 0 && fields(in.substring(from, end).split("\r\n", -1), 0) != null;
        return wellFormed
                ? ends(line, body, end + 4, SeenRequest.End.WHOLE)
                : ends(line, body, from, SeenRequest.End.CUT);
    }

    private boolean ends(Line line, String body, int to, SeenRequest.End end) {
        at = to;
        seen.add(new SeenRequest(line.head, line.method, line.target, body, end));
        return end == SeenRequest.End.WHOLE;
    }

    /** RFC 9112 §9.3. */
    private static boolean persists(Line line, List<Field> fields) {
        List<String> options = List.of(String.join(",", values(fields, "connection"))
                .toLowerCase(Locale.ROOT)
                .split("[ \t]*,[ \t]*"));
        return !options.contains("close") && (line.minor > 0 || options.contains("keep-alive"));
    }
}
