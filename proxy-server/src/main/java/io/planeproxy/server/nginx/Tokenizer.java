package io.planeproxy.server.nginx;

import io.planeproxy.server.nginx.Token.Close;
import io.planeproxy.server.nginx.Token.End;
import io.planeproxy.server.nginx.Token.Open;
import io.planeproxy.server.nginx.Token.Semicolon;
import io.planeproxy.server.nginx.Token.Word;
import java.nio.file.Path;

/**
 * Takes a text apart as nginx does (ngx_conf_read_token in its ngx_conf_file.c): a word is quoted as a whole or not at all, a
 * {@code #} begins a comment only where a word could begin, a closing brace ends a block only there, and the braces of <code>${name}</code>
 * belong to the word.
 */
final class Tokenizer {
    private static final String BLANKS = " \t\r\n";

    private final Path file;
    private final String text;
    private int at;
    private int line = 1;

    Tokenizer(Path file, String text) {
        this.file = file;
        this.text = text;
    }

    /** Behind the last token {@link End} comes again and again. */
    Token next() throws SyntaxFault {
        passOverBlanksAndComments();
        int begin = line;
        if (atEnd()) {
            return new End(begin);
        }
        return switch (text.charAt(at)) {
            case ';' -> {
                take();
                yield new Semicolon(begin);
            }
            case '{' -> {
                take();
                yield new Open(begin);
            }
            case '}' -> {
                take();
                yield new Close(begin);
            }
            case '"', '\'' -> quoted();
            default -> bare();
        };
    }

    private void passOverBlanksAndComments() {
        boolean inComment = false;
        while (!atEnd()) {
            char here = text.charAt(at);
            if (here == '\n') {
                inComment = false;
            } else if (here == '#') {
                inComment = true;
            } else if (!inComment && !isBlank(here)) {
                return;
            }
            take();
        }
    }

    private Word quoted() throws SyntaxFault {
        int begin = line;
        char quote = take();
        StringBuilder word = new StringBuilder();
        while (!atEnd() && text.charAt(at) != quote) {
            addCharacter(word);
        }
        if (atEnd()) {
            throw new SyntaxFault(file, begin, "a " + quote + " without its end", "close the quotation");
        }
        take();
        if (!atEnd() && !isBlank(text.charAt(at)) && ";{)".indexOf(text.charAt(at)) < 0) {
            throw new SyntaxFault(
                    file,
                    line,
                    "\"" + text.charAt(at) + "\" right behind a closing " + quote,
                    "put a blank between them");
        }
        return new Word(word.toString(), begin);
    }

    private Word bare() {
        int begin = line;
        StringBuilder word = new StringBuilder();
        boolean behindDollar = false;
        while (!atEnd()) {
            char here = text.charAt(at);
            boolean isBraceOfVariable = here == '{' && behindDollar;
            if (isBlank(here) || here == ';' || (here == '{' && !isBraceOfVariable)) {
                break;
            }
            behindDollar = here == '$';
            addCharacter(word);
        }
        return new Word(word.toString(), begin);
    }

    /** One character; a backslash keeps the next one from ending the word, and stays unless nginx drops it. */
    private void addCharacter(StringBuilder word) {
        char here = take();
        if (here != '\\' || atEnd()) {
            word.append(here);
            return;
        }
        char escaped = take();
        switch (escaped) {
            case '"', '\'', '\\' -> word.append(escaped);
            case 't' -> word.append('\t');
            case 'r' -> word.append('\r');
            case 'n' -> word.append('\n');
            default -> word.append(here).append(escaped);
        }
    }

    private char take() {
        char taken = text.charAt(at);
        at++;
        if (taken == '\n') {
            line++;
        }
        return taken;
    }

    private boolean atEnd() {
        return at >= text.length();
    }

    private static boolean isBlank(char character) {
        return BLANKS.indexOf(character) >= 0;
    }
}
