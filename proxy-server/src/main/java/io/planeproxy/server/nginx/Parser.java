package io.planeproxy.server.nginx;

import io.planeproxy.server.nginx.Token.Close;
import io.planeproxy.server.nginx.Token.End;
import io.planeproxy.server.nginx.Token.Open;
import io.planeproxy.server.nginx.Token.Semicolon;
import io.planeproxy.server.nginx.Token.Word;
import io.planeproxy.server.settings.Origin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts tokens together to directives and blocks. Knows the syntax alone, and not one directive. */
final class Parser {
    /** More than any configuration that means something; nginx itself nests a handful. */
    private static final int DEEPEST = 32;

    private final Path file;
    private final Tokenizer tokens;

    private Parser(Path file, String text) {
        this.file = file;
        this.tokens = new Tokenizer(file, text);
    }

    /**
     * @param file how places in it are named
     * @throws SyntaxFault where nginx would not read it either
     */
    static List<Directive> parse(Path file, String text) throws SyntaxFault {
        return new Parser(file, text).file();
    }

    private List<Directive> file() throws SyntaxFault {
        List<Directive> directives = new ArrayList<>();
        while (true) {
            switch (tokens.next()) {
                case Word name -> directives.add(directive(name, 0));
                case End _ -> {
                    return directives;
                }
                case Close(int line) ->
                    throw fault(line, "a } without its {", "remove it, or add the { that it should end");
                case Open(int line) -> throw nameless(line, "{");
                case Semicolon(int line) -> throw nameless(line, ";");
            }
        }
    }

    private Directive directive(Word name, int depth) throws SyntaxFault {
        if (depth > DEEPEST) {
            throw fault(name.line(), "blocks in more than " + DEEPEST + " blocks", "see whether a } is missing");
        }
        List<String> arguments = new ArrayList<>();
        while (true) {
            switch (tokens.next()) {
                case Word argument -> arguments.add(argument.text());
                case Semicolon _ -> {
                    return made(name, arguments, Optional.empty());
                }
                case Open(int line) -> {
                    return made(name, arguments, Optional.of(body(line, depth + 1)));
                }
                case Close(int line) -> throw unfinished(name, line, "a }");
                case End(int line) -> throw unfinished(name, line, "the end of the file");
            }
        }
    }

    private List<Directive> body(int begin, int depth) throws SyntaxFault {
        List<Directive> directives = new ArrayList<>();
        while (true) {
            switch (tokens.next()) {
                case Word name -> directives.add(directive(name, depth));
                case Close _ -> {
                    return directives;
                }
                case End _ -> throw fault(begin, "a { without its }", "add the }");
                case Open(int line) -> throw nameless(line, "{");
                case Semicolon(int line) -> throw nameless(line, ";");
            }
        }
    }

    private Directive made(Word name, List<String> arguments, Optional<List<Directive>> body) {
        return new Directive(new Origin.InFile(file, name.line()), name.text(), arguments, body);
    }

    private SyntaxFault unfinished(Word name, int line, String seen) {
        return fault(line, seen + " where \"" + name.text() + "\" of line " + name.line() + " goes on", "add the ;");
    }

    private SyntaxFault nameless(int line, String seen) {
        return fault(line, "\"" + seen + "\" without a directive before it", "remove it, or write the directive");
    }

    private SyntaxFault fault(int line, String seen, String advice) {
        return new SyntaxFault(file, line, seen, advice);
    }
}
