package io.planeproxy.server.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SlipTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a { b = [ { c = 1 }~ d = 2~} | 1: the [ of this line is not closed before the } of line 3; add ]",
                "a {~ b = 1             | 1: the { of this line is never closed; add }",
                "a {~ b = 1~ }~}        | 4: a } that closes nothing; take it out",
                "a {~ b = \"c~}         | 2: a quote is not closed in this line; add the second \"",
                "a = \"\"\"b~c           | 1: the \"\"\" of this line are never closed; close them",
                "a {~ b = http://c:80/d~} | 2: http://c:80/d without quotes; write it as \"http://c:80/d\"",
                "a = [\"b\", https://c]  | 1: https://c without quotes; write it as \"https://c\"",
            })
    void whatIsMissingIsSaidAtTheLineWhereItIsMissing(String hocon, String expected) {
        assertEquals(Optional.of(expected), found(hocon));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a { b = \"http://c\" } // http://d } ]",
                "a { b = \"} ] \\\" {\" } # \" {",
                "a = \"\"\"{ [ \" ~ http://b\"\"\"",
                "a = [ { b = 1 }, { c = [ 2 ] } ]",
            })
    void bracketsAndQuotesInTextsAndCommentsDoNotCount(String hocon) {
        assertEquals(Optional.empty(), found(hocon));
    }

    @Test
    void anEmptyTextHasNone() {
        assertEquals(Optional.empty(), found(""));
    }

    private static Optional<String> found(String hocon) {
        return Slip.in(hocon.replace('~', '\n')).map(slip -> slip.line() + ": " + slip.seen() + "; " + slip.advice());
    }
}
