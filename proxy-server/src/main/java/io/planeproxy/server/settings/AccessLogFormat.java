package io.planeproxy.server.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a line of the access log looks. */
public sealed interface AccessLogFormat {

    /** This program's own: all that is known, for people. */
    record Plain() implements AccessLogFormat {
        @Override
        public String toString() {
            return "plain";
        }
    }

    /** What nginx calls {@code combined}, which many programs read. */
    record Combined() implements AccessLogFormat {
        @Override
        public String toString() {
            return "combined";
        }
    }

    /** One JSON object for each line. */
    record Json() implements AccessLogFormat {
        @Override
        public String toString() {
            return "json";
        }
    }

    /** No line at all. */
    record Off() implements AccessLogFormat {
        @Override
        public String toString() {
            return "off";
        }
    }

    /** As the operator wrote it, with variables as in nginx's {@code log_format}. */
    record Patterned(String text, List<Piece> pieces) implements AccessLogFormat {
        private static final Pattern VARIABLE = Pattern.compile("\\$(?:([A-Za-z0-9_]+)|\\{([A-Za-z0-9_]+)}|)");

        public Patterned {
            pieces = List.copyOf(pieces);
        }

        /** A piece of a pattern. */
        public sealed interface Piece {
            record Literal(String text) implements Piece {}

            record Value(LogVariable variable) implements Piece {}
        }

        private static Patterned parse(String text) throws Unreadable {
            List<Piece> pieces = new ArrayList<>();
            Matcher matcher = VARIABLE.matcher(text);
            int end = 0;
            while (matcher.find()) {
                pieces.add(new Piece.Literal(text.substring(end, matcher.start())));
                pieces.add(new Piece.Value(variable(matcher)));
                end = matcher.end();
            }
            pieces.add(new Piece.Literal(text.substring(end)));
            pieces.removeIf(piece -> piece instanceof Piece.Literal(String literal) && literal.isEmpty());
            return new Patterned(text, pieces);
        }

        private static LogVariable variable(Matcher matcher) throws Unreadable {
            String name = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
            if (name == null) {
                throw new Unreadable(
                        "a variable behind each $", "known are $" + String.join(", $", LogVariable.spellings()));
            }
            return LogVariable.of(name)
                    .orElseThrow(() -> new Unreadable(
                            "no $" + name + " in it",
                            Nearest.to(name, LogVariable.spellings())
                                    .map(near -> "the nearest known one is $" + near)
                                    .orElse("known are $" + String.join(", $", LogVariable.spellings()))));
        }

        @Override
        public String toString() {
            return text;
        }
    }

    static AccessLogFormat parse(String text) throws Unreadable {
        String format = text.strip();
        return switch (format.toLowerCase(Locale.ROOT)) {
            case "plain" -> new Plain();
            case "combined" -> new Combined();
            case "json" -> new Json();
            case "off" -> new Off();
            default -> {
                if (!format.contains("$")) {
                    throw new Unreadable(
                            "plain, combined, json, off, or a pattern",
                            "write for example \"$remote_addr $status $request_time\"");
                }
                if (format.chars().anyMatch(c -> c < ' ' && c != '\t' || c == 0x7f)) {
                    throw new Unreadable("a pattern of one line", "remove the line ends and other control characters");
                }
                yield Patterned.parse(format);
            }
        };
    }
}
