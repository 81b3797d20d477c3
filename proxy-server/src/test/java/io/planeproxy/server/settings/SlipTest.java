package io.planeproxy.server.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.typesafe.config.ConfigFactory;
import java.util.Optional;
import java.util.stream.Collectors;
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
                "a = 'http://c';          | 1: http://c in single quotes; write it as \"http://c\"",
                "a = [ 1 ];               | 1: a semicolon at the end of the line, which is part of the value; take it out, here and wherever one stands: the line ends a value",
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a = [ { b = 1 } { b = 2 } ]           | 1",
                "a = [ { b = 1 }{ b = 2 } { b = 3 } ]  | 1 1",
                "a = [~ {~ b = 1~ } {~ b = 2~ }~]      | 4",
                "a = [ [ { b = 1 } ], [{ c { d = 2 } } { b = 2 }] ] | 1",
                "a = [ { b = \"\"\"~\"\"\"\" } \t\u00A0{ b = 2 } ] | 2",
                "a += { b = 1 } { b = 2 }~c += [1]     | 1",
                "a = [ { b = 1 }, # [{} {}]~ ${c} { b = 2 } { d = 3 } ] | 2",
            })
    void aCommaLostBetweenTwoSectionsOfAListIsFoundAtTheSecond(String hocon, String lines) {
        assertEquals(lines, linesOfSilentSlips(hocon));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a = [ { b = 1 }, { b = 2 } ]",
                "a = [ { b = 1 }~ { b = 2 } ]",
                "a = [ { b = 1 } # one~ { b = 2 } // {} {}~ ]",
                "a = [ { b = 1 },~{ b = 2 } , { b = 3 }, ]",
                "c { d = 1 }~a = [ ${c} { b = 2 }, { b = 1 } ${c}, ${?x} { b = 3 } ]",
                "a = [ { b = \"} {\" } ]",
                "a = { b = 1 } { c = 2 }",
                "c { d = 1 }~a = ${c} { b = 2 }",
                "a = [ { b = { c = 1 } { d = 2 } } ]",
                "a = [ { b = 1 } ] [ { b = 2 } ]",
                "a += { b = 1 }~a += { b = 2 }",
                "a = 1~a = ${?B}~c = ${a}~b { a = 1 }",
                "a = [ ]~a = [ 1 ]",
                "a = [ 1 ]~a = ${a} [ 2 ]~a += 3",
                "a = [ 1 ]~a = [ 0 ] ${a}~b = [ 1 ]~b = [~ 0,~ ${b}~]~b = [~ 0~] ${?x.b}",
                "a = x~a = \"y \"${a}",
                "\"a.b\" = 1~a.b = 2",
                "a { b = 1 }~a { c = 2 }~a.d = 3",
                "a = [ { b = 1 }, { b = 2 } ]~b = 3",
                "a = \"b = 1\"~# a = 2~c = \"it's\"~// a = 3~d = \"1;\"",
                "a = \"\"\"~a = 1~a = 2;~\"\"\"",
            })
    void whatHoconMergesOnPurposeIsNoSlip(String hocon) {
        assertEquals("", linesOfSilentSlips(hocon));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a { b = 1, b = 2 }         | 1: a second value for b, so that the one before it in this line does not count; keep one of the two",
                "a = 1~b = 2~\"a\" : 3    | 3: a second value for a, so that the one of line 1 does not count; keep one of the two",
                "a = [ 1 ]~a = [~ 2 ]       | 2: a second value for a, so that the one of line 1 does not count; put all into one list",
                "a = ${?B}~a = 1            | 2: a second value for a, so that the one of line 1 does not count; write the one with ${ } behind the other",
                "a { b.c = 1~ d = [ { b = 2 } ]~ b.c = 3 } | 3: a second value for b.c, so that the one of line 1 does not count; keep one of the two",
                "a = 1;~b = 2 ; ~           | 1: a semicolon at the end of the line, which is part of the value; take it out, here and wherever one stands: the line ends a value",
                "c = 1~a = [ 1 ]~a = [ ${c} ] | 3: a second value for a, so that the one of line 2 does not count; put all into one list",
                "a = 'b'                    | 1: single quotes, which are part of the value; write \" in their place",
            })
    void whatHoconTakesThoughNobodyMeansItIsFound(String hocon, String expected) {
        String text = hocon.replace('~', '\n');
        ConfigFactory.parseString(text);
        assertEquals(
                expected,
                Slip.silent(text).stream()
                        .map(slip -> slip.line() + ": " + slip.seen() + "; " + slip.advice())
                        .collect(Collectors.joining("~")));
    }

    /** Every text is HOCON, since only such a text is asked. */
    private static String linesOfSilentSlips(String hocon) {
        String text = hocon.replace('~', '\n');
        ConfigFactory.parseString(text);
        return Slip.silent(text).stream()
                .map(slip -> String.valueOf(slip.line()))
                .collect(Collectors.joining(" "));
    }

    private static Optional<String> found(String hocon) {
        return Slip.in(hocon.replace('~', '\n')).stream()
                .findFirst()
                .map(slip -> slip.line() + ": " + slip.seen() + "; " + slip.advice());
    }
}
