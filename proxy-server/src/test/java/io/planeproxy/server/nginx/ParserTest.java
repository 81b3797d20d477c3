package io.planeproxy.server.nginx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** nginx's syntax, as its ngx_conf_read_token takes it apart. */
final class ParserTest {
    private static final Path FILE = Path.of("x.conf");

    @Test
    void wordsAreQuotedAsAWholeOrNotAtAll() throws SyntaxFault {
        assertEquals("1:a[b c|d|e\"f|g'h]", parsed("a 'b c' \"d\" e\"f g'h;"));
    }

    @Test
    void aBackslashKeepsACharacterFromEndingTheWordAndStaysUnlessItIsOneThatNginxDrops() throws SyntaxFault {
        assertEquals("1:a[b\\;c|\\ d|\"|\\|\t|\\x]", parsed("a b\\;c \\ d \\\" \\\\ \"\\t\" \\x;"));
    }

    @Test
    void aHashBeginsACommentOnlyWhereAWordCouldBegin() throws SyntaxFault {
        assertEquals("2:a[b#c|#d]", parsed("# a { \" ;\na b#c '#d' # e ;\n;"));
    }

    @Test
    void bracesOfAVariableBelongToTheWordAndOthersEndIt() throws SyntaxFault {
        assertEquals("1:a[${b}c]", parsed("a ${b}c;"));
        assertEquals("1:a[b]{1:c[d}]}", parsed("a b{c d};}"));
        assertEquals("1:a[x$|b]{}", parsed("a x$ b{}"));
        assertEquals("1:a[b}c]", parsed("a b}c;"));
    }

    @Test
    void linesAreThoseOfTheNames() throws SyntaxFault {
        assertEquals("2:a[b]{4:c[d]} 6:e[]", parsed("\na\n b {\nc\nd;}\ne;"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a b | x.conf:1: the end of the file where \"a\" of line 1 goes on; add the ;",
                "a {b; | x.conf:1: a { without its }; add the }",
                "a {b } | x.conf:1: a } where \"b\" of line 1 goes on; add the ;",
                "a; } | x.conf:1: a } without its {; remove it, or add the { that it should end",
                "; | x.conf:1: \";\" without a directive before it; remove it, or write the directive",
                "a { {} } | x.conf:1: \"{\" without a directive before it; remove it, or write the directive",
                "a \"b | x.conf:1: a \" without its end; close the quotation",
                "a \"b\"c; | x.conf:1: \"c\" right behind a closing \"; put a blank between them"
            })
    void whatNginxDoesNotReadIsToldWithItsLine(String text, String sentence) {
        assertEquals(
                sentence,
                assertThrows(SyntaxFault.class, () -> Parser.parse(FILE, text)).sentence());
    }

    @Test
    void blocksInBlocksHaveAnEnd() {
        String deep = "a {".repeat(100_000);
        assertThrows(SyntaxFault.class, () -> Parser.parse(FILE, deep));
    }

    private static String parsed(String text) throws SyntaxFault {
        return text(Parser.parse(FILE, text));
    }

    private static String text(List<Directive> directives) {
        return directives.stream()
                .map(directive -> directive.where().line() + ":" + directive.name() + "["
                        + String.join("|", directive.arguments()) + "]"
                        + directive.body().map(body -> "{" + text(body) + "}").orElse(""))
                .collect(Collectors.joining(" "));
    }
}
