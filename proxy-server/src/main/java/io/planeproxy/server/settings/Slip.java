package io.planeproxy.server.settings;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A slip of the pen in a text of HOCON. A bracket or a quote without its partner, or an address without quotes, the parser stumbles
 * over, but mostly further down and in words about tokens. Where a comma is lost between two sections of a list, it does not stumble.
 *
 * @param line where it was made, counted from 1
 * @param seen what stands there
 * @param advice what to do
 */
record Slip(int line, String seen, String advice) {
    private static final Pattern BARE_ADDRESS = Pattern.compile("[a-z]+://[^\\s,\"\\]}]*");

    /** The first one that makes the text no HOCON, if any. */
    static Optional<Slip> in(String hocon) {
        return new Scan(hocon).first();
    }

    /**
     * Where two sections of a list stand side by side in a text that is HOCON. What is written there is one section, made of both
     * (HOCON's specification, "Array and object concatenation"): the first loses each key that the second has too.
     */
    static List<Slip> lostCommas(String hocon) {
        return new Scan(hocon).lostCommas();
    }

    /** Reads brackets and quotes, and passes over comments and whatever stands in quotes. */
    private static final class Scan {
        private final String text;
        private final Deque<Open> open = new ArrayDeque<>();
        private final List<Slip> lostCommas = new ArrayList<>();
        private int at;
        private int line = 1;

        /** Behind the last section of a list; before it is one, at the beginning. */
        private int sectionEnd;

        Scan(String text) {
            this.text = text;
        }

        private record Open(char bracket, int at, int line) {
            char partner() {
                return bracket == '{' ? '}' : ']';
            }
        }

        Optional<Slip> first() {
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

        List<Slip> lostCommas() {
            while (at < text.length() && step().isEmpty()) {
                // Each step notes what it finds.
            }
            return lostCommas;
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
                case '\n' -> line++;
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
                lostCommas.add(new Slip(
                        line,
                        "two sections of a list without a comma between them, which makes one of the two",
                        "write }, { or begin the second on a line of its own"));
            }
            open.push(new Open(bracket, start, line));
        }

        private Optional<Slip> close(char bracket) {
            Open last = open.poll();
            if (last == null) {
                return Optional.of(new Slip(line, "a " + bracket + " that closes nothing", "take it out"));
            }
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
            return Optional.of(
                    new Slip(line, address.group() + " without quotes", "write it as \"" + address.group() + "\""));
        }

        /** HOCON ends no such text with the line (its specification, "Multi-line strings"). */
        private Optional<Slip> passQuoted(String quotes) {
            int end = text.indexOf(quotes, at + quotes.length());
            if (end < 0) {
                return Optional.of(new Slip(line, "the " + quotes + " of this line are never closed", "close them"));
            }
            line += (int) text.substring(at, end).chars().filter(c -> c == '\n').count();
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
