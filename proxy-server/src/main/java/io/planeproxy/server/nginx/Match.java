package io.planeproxy.server.nginx;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which paths a location is for. */
sealed interface Match {

    /** Those that begin so. */
    record Prefixes(List<String> paths) implements Match {
        public Prefixes {
            paths = List.copyOf(paths);
        }
    }

    /** This one alone. */
    record Exactly(String path) implements Match {}

    /** Those that a regular expression finds, which amounts to no beginning. */
    record Expression(String text) implements Match {}

    /** None that a client can ask for; other directives lead there. */
    record Named(String name) implements Match {}

    static Match of(Directive location) {
        List<String> words = location.arguments();
        return switch (words.size()) {
            case 1 ->
                words.getFirst().startsWith("@")
                        ? new Named(words.getFirst())
                        : ofModifier(words.getFirst()).orElse(new Prefixes(words));
            case 2 ->
                switch (words.getFirst()) {
                    case "=" -> new Exactly(words.getLast());
                    case "^~" -> new Prefixes(List.of(words.getLast()));
                    case "~" -> prefixes(words.getLast());
                    case "~*" ->
                        prefixes(words.getLast()) instanceof Prefixes(List<String> paths) && paths.equals(List.of("/"))
                                ? new Prefixes(paths)
                                : new Expression(words.getLast());
                    default -> new Expression(location.value());
                };
            default -> new Expression(location.value());
        };
    }

    /** nginx takes a modifier without a blank behind it as well. */
    private static Optional<Match> ofModifier(String word) {
        if (word.startsWith("=")) {
            return Optional.of(new Exactly(word.substring(1)));
        }
        if (word.startsWith("^~")) {
            return Optional.of(new Prefixes(List.of(word.substring(2))));
        }
        if (word.startsWith("~*")) {
            return Optional.of(new Expression(word.substring(2)));
        }
        return word.startsWith("~") ? Optional.of(prefixes(word.substring(1))) : Optional.empty();
    }

    /** The beginnings that an expression such as {@code ^/(api|auth)/} stands for. */
    private static Match prefixes(String expression) {
        if (Expressions.EVERYTHING.matcher(expression).matches()) {
            return new Prefixes(List.of("/"));
        }
        Matcher beginning = Expressions.BEGINNING.matcher(expression);
        if (!beginning.matches()) {
            return new Expression(expression);
        }
        String before = beginning.group("before");
        return Optional.ofNullable(beginning.group("alternatives"))
                .map(alternatives -> new Prefixes(Stream.of(alternatives.split("\\|"))
                        .map(alternative -> before + alternative + beginning.group("behind"))
                        .toList()))
                .orElseGet(() -> new Prefixes(List.of(before)));
    }

    /** Regular expressions that need none. */
    final class Expressions {
        private static final Pattern EVERYTHING = Pattern.compile("\\^?/?(\\.\\*|\\(\\.\\*\\))\\$?|\\^|\\^?/");

        /** Letters that mean themselves, perhaps with alternatives among them; then a slash, or the end of the path. */
        private static final Pattern BEGINNING = Pattern.compile("\\^(?<before>/[\\w/-]*?)"
                + "(?:\\((?:\\?:)?(?<alternatives>[\\w/-]+(?:\\|[\\w/-]+)*)\\)(?<behind>[\\w/-]*?))?"
                + "(?:/|\\(/\\|\\$\\)|\\(\\?:/\\|\\$\\))?(?:(?:\\.\\*|\\(\\.\\*\\))\\$?)?");

        private Expressions() {}
    }
}
