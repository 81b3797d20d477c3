package io.planeproxy.server.settings;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A slip of the pen in a text of HOCON. A bracket or a quote without its partner, or an address without quotes, the parser stumbles
 * over, but mostly further down and in words about tokens. It does not stumble where a comma is lost between two sections of a list,
 * where a key gets a second value, and at what people write who come from other formats: a semicolon behind a value, single quotes.
 *
 * @param line where it was made, counted from 1
 * @param seen what stands there
 * @param advice what to do
 */
record Slip(int line, String seen, String advice) {
    private static final Pattern BARE_ADDRESS = Pattern.compile("[a-z]+://[^\\s,;'\"\\]}]*");

    /** What may make the text no HOCON, the likeliest first. */
    static List<Slip> in(String hocon) {
        return new Scan(hocon).stumbling();
    }

    /**
     * Those over which nothing stumbles in a text that is HOCON. Two sections side by side in a list are one section, made of both
     * (HOCON's specification, "Array and object concatenation"): the first loses each key that the second has too.
     */
    static List<Slip> silent(String hocon) {
        return new Scan(hocon).silent();
    }

    /** The number of the line, from 1, in which that character of the text stands. */
    static int lineOf(int at, String text) {
        return 1 + lineEnds(text.substring(0, at));
    }

    private static int lineEnds(String text) {
        return (int) text.chars().filter(c -> c == '\n').count();
    }

    /** Reads brackets and quotes, and passes over comments and whatever stands in quotes. */
    private static final class Scan {
        private final String text;
        private final Deque<Open> open = new ArrayDeque<>();
        private final GivenKeys top = new GivenKeys();
        private final List<Slip> silent = new ArrayList<>();

        /** What is silent behind a text, and is stumbled over behind a list. */
        private final List<Slip> foreign = new ArrayList<>();

        private int at;
        private int line = 1;

        /** Behind the last section of a list; before it is one, at the beginning. */
        private int sectionEnd;

        /** Where what comes last begins: a key, or behind its = a value. */
        private int begin;

        private boolean hasSemicolon;

        Scan(String text) {
            this.text = text;
        }

        private record Open(char bracket, int at, int line, GivenKeys keys) {
            char partner() {
                return bracket == '{' ? '}' : ']';
            }
        }

        List<Slip> stumbling() {
            return Stream.concat(last().stream(), foreign.stream()).toList();
        }

        List<Slip> silent() {
            last();
            return Stream.concat(silent.stream(), foreign.stream()).toList();
        }

        /** The slip that ends the scan, or at the end of the text what is left open. */
        private Optional<Slip> last() {
            while (at < text.length()) {
                Optional<Slip> slip = step();
                if (slip.isPresent()) {
                    return slip;
                }
            }
            return Optional.ofNullable(open.peek())
                    .map(last -> new Slip(
                            last.line,
                            "the " + last.bracket + " of this line is never closed",
                            "add " + last.partner()));
        }

        private Optional<Slip> step() {
            char c = text.charAt(at);
            if (startsHere("\"\"\"")) {
                return passQuoted("\"\"\"");
            }
            if (c == '"') {
                return passLineInQuotes();
            }
            if (c == '#' || startsHere("//")) {
                passLine();
                return Optional.empty();
            }
            Optional<Slip> bare = bareAddress();
            if (bare.isPresent()) {
                return bare;
            }
            at++;
            switch (c) {
                case '\n' -> {
                    line++;
                    begin = at;
                }
                case ',' -> begin = at;
                case ':', '=' -> give();
                case ';' -> endWithSemicolon();
                case '{', '[' -> open(c);
                case '}', ']' -> {
                    return close(c);
                }
                // Part of a key or of a value.
                default -> {}
            }
            return Optional.empty();
        }

        private void open(char bracket) {
            int start = at - 1;
            if (bracket == '{' && sectionEnd > 0 && isBlankInLine(sectionEnd, start)) {
                silent.add(new Slip(
                        line,
                        "two sections of a list without a comma between them, which makes one of the two",
                        "write }, { or begin the second on a line of its own"));
            }
            open.push(new Open(bracket, start, line, new GivenKeys()));
            begin = at;
        }

        private void give() {
            GivenKeys keys = open.isEmpty() ? top : open.peek().keys;
            char start = startOfValue();
            int value = at;
            keys.give(text.substring(begin, at - 1), line, start, () -> value(value))
                    .ifPresent(silent::add);
            if (start == '\'') {
                foreign.add(new Slip(line, "single quotes, which are part of the value", "write \" in their place"));
            }
            begin = at;
        }

        private char startOfValue() {
            int start = passBlank(at);
            boolean isEmptyList = text.startsWith("[", start) && text.startsWith("]", passBlank(start + 1));
            if (isEmptyList) {
                return ']';
            }
            return start < text.length() ? text.charAt(start) : ' ';
        }

        /** To the end of its line, or of its list where that ends later. */
        private String value(int start) {
            int lists = 0;
            int end = start;
            while (end < text.length() && (lists > 0 || text.charAt(end) != '\n')) {
                switch (text.charAt(end)) {
                    case '[' -> lists++;
                    case ']' -> lists--;
                    default -> {}
                }
                end++;
            }
            return text.substring(start, end);
        }

        private int passBlank(int from) {
            int end = from;
            while (end < text.length() && isBlank(text.charAt(end))) {
                end++;
            }
            return end;
        }

        /** Told once, since who writes one writes more of them. */
        private void endWithSemicolon() {
            int end = text.indexOf('\n', at);
            if (!hasSemicolon && isBlankInLine(at, end < 0 ? text.length() : end)) {
                hasSemicolon = true;
                foreign.add(new Slip(
                        line,
                        "a semicolon at the end of the line, which is part of the value",
                        "take it out, here and wherever one stands: the line ends a value"));
            }
        }

        private Optional<Slip> close(char bracket) {
            Open last = open.poll();
            if (last == null) {
                return Optional.of(new Slip(line, "a " + bracket + " that closes nothing", "take it out"));
            }
            begin = at;
            if (last.partner() == bracket) {
                sectionEnd = isSectionOfList(last) ? at : sectionEnd;
                return Optional.empty();
            }
            String seen =
                    "the " + last.bracket + " of this line is not closed before the " + bracket + " of line " + line;
            return Optional.of(new Slip(last.line, seen, "add " + last.partner()));
        }

        /** A section that is written out, in a list or added to one by +=; what ${ } stands for is merged on purpose. */
        private boolean isSectionOfList(Open closed) {
            if (closed.bracket != '{' || text.startsWith("$", closed.at - 1)) {
                return false;
            }
            Open around = open.peek();
            return around != null && around.bracket == '[' || isAdded(closed);
        }

        private boolean isAdded(Open section) {
            int before = section.at - 1;
            while (before > 0 && isBlank(text.charAt(before))) {
                before--;
            }
            return text.startsWith("+=", before - 1);
        }

        private boolean isBlankInLine(int from, int to) {
            return IntStream.range(from, to).mapToObj(text::charAt).allMatch(c -> c != '\n' && isBlank(c));
        }

        /** As HOCON's specification says under "Whitespace". */
        private static boolean isBlank(char c) {
            return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\uFEFF';
        }

        /** Only at the beginning of a word, so that each is looked at once. */
        private Optional<Slip> bareAddress() {
            if (at > 0 && Character.isLetterOrDigit(text.charAt(at - 1)) || !Character.isLetter(text.charAt(at))) {
                return Optional.empty();
            }
            Matcher address = BARE_ADDRESS.matcher(text).region(at, text.length());
            if (!address.lookingAt()) {
                return Optional.empty();
            }
            String quotes = at > 0 && text.charAt(at - 1) == '\'' ? " in single quotes" : " without quotes";
            return Optional.of(new Slip(line, address.group() + quotes, "write it as \"" + address.group() + "\""));
        }

        /** HOCON ends no such text with the line (its specification, "Multi-line strings"). */
        private Optional<Slip> passQuoted(String quotes) {
            int end = text.indexOf(quotes, at + quotes.length());
            if (end < 0) {
                return Optional.of(new Slip(line, "the " + quotes + " of this line are never closed", "close them"));
            }
            line += lineEnds(text.substring(at, end));
            at = end + quotes.length();
            // Further ones are the end of the text inside.
            while (startsHere("\"")) {
                at++;
            }
            return Optional.empty();
        }

        private Optional<Slip> passLineInQuotes() {
            int next = at + 1;
            while (next < text.length() && text.charAt(next) != '"' && text.charAt(next) != '\n') {
                next += text.charAt(next) == '\\' ? 2 : 1;
            }
            if (next >= text.length() || text.charAt(next) != '"') {
                return Optional.of(new Slip(line, "a quote is not closed in this line", "add the second \""));
            }
            at = next + 1;
            return Optional.empty();
        }

        private void passLine() {
            int end = text.indexOf('\n', at);
            at = end < 0 ? text.length() : end;
        }

        private boolean startsHere(String what) {
            return text.startsWith(what, at);
        }
    }
}
