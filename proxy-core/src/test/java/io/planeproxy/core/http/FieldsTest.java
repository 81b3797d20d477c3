package io.planeproxy.core.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Received field lines, and those that are sent. */
final class FieldsTest {
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OTHER")
    void aKnownFieldIsFoundInAnyCase(KnownField field) {
        String name = field.spelling();
        for (String spelling :
                List.of(name, name.toLowerCase(Locale.ROOT), name.toUpperCase(Locale.ROOT), swapped(name))) {
            Fields fields = Fields.of("A: b", spelling + ": first", "C: d", spelling + ":second");
            assertEquals(field, fields.known(1), spelling);
            assertEquals(Optional.of("first"), fields.first(field));
            assertEquals(List.of("first", "second"), fields.all(field));
            assertEquals(2, fields.count(field));
            assertTrue(fields.contains(field));
            assertTrue(fields.nameEquals(1, FieldName.of(swapped(name))));
            assertEquals(spelling, fields.name(1));
            assertEquals(field, FieldName.of(spelling).known());
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OTHER")
    void aNameThatIsAlmostKnownIsNot(KnownField field) {
        String name = field.spelling();
        for (String other :
                List.of(name + "x", "x" + name, name.substring(1), name.substring(0, 1) + "~" + name.substring(2))) {
            Fields fields = Fields.of(other + ": v");
            assertEquals(KnownField.OTHER, fields.known(0), other);
            assertFalse(fields.contains(field));
        }
    }

    @Test
    void aBlockKnowsTheNamesOfItsLines() {
        FieldBlock block =
                new FieldBlock.Builder().add("Alpha", "x: y").add("Z", "").build();
        for (String name : List.of("alpha", "ALPHA", "z")) {
            assertTrue(block.contains(FieldName.of(name)), name);
        }
        for (String name : List.of("Alph", "Alphas", "lpha", "x", "y", "longer-than-all-of-the-lines")) {
            assertFalse(block.contains(FieldName.of(name)), name);
        }
        assertEquals(block.text(), new FieldBlock.Builder().copy(block).build().text());
        assertFalse(FieldBlock.EMPTY.contains(FieldName.of("a")));
    }

    private static String swapped(String name) {
        StringBuilder swapped = new StringBuilder();
        for (char c : name.toCharArray()) {
            swapped.append(Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c));
        }
        return swapped.toString();
    }

    @Test
    void linesKeepTheirOrderAndSpelling() {
        Fields fields = Fields.of("B:  2\t", "a:1", "b: \u00e9", "Empty:", "Blank: \t ");
        assertEquals(5, fields.size());
        assertEquals("B, a, b, Empty, Blank", fields.toString());
        assertEquals("2", fields.value(0));
        assertEquals("1", fields.value(1));
        assertEquals("\u00e9", fields.value(2));
        assertEquals("", fields.value(3));
        assertEquals("", fields.value(4));
    }

    @Test
    void aPrefixOfANameIsComparedWithoutCaseAndWithinTheName() {
        Fields fields = Fields.of("X-Forwarded-Ssl: on", "X-F: orwarded-", "a_b: c", "c: a_b");
        assertTrue(fields.nameStartsWith(0, "x-forwarded-"));
        assertFalse(fields.nameStartsWith(1, "x-forwarded-"));
        assertFalse(fields.nameHasUnderscore(0));
        assertTrue(fields.nameHasUnderscore(2));
        assertFalse(fields.nameHasUnderscore(3));
    }

    @Test
    void moreLinesThanTheTableBeganWithAreKept() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            lines.add("n" + i + ": v" + i);
        }
        Fields fields = Fields.of(lines.toArray(new String[0]));
        assertEquals(200, fields.size());
        assertEquals("v199", fields.value(199));
        assertEquals("n17", fields.name(17));
    }

    @Test
    void someLinesCanBeKeptByThemselves() {
        Fields kept = Fields.of("Host: a", "referer:  /r ", "Cookie: c", "User-Agent: u", "X: y", "Referer: /s")
                .only(EnumSet.of(KnownField.REFERER, KnownField.USER_AGENT));
        assertEquals("referer, User-Agent, Referer", kept.toString());
        assertEquals(List.of("/r", "/s"), kept.all(KnownField.REFERER));
        assertEquals(Optional.of("u"), kept.first(KnownField.USER_AGENT));
        assertEquals(Optional.empty(), kept.first(KnownField.COOKIE));
        assertEquals(
                0, Fields.of("Host: a").only(EnumSet.of(KnownField.REFERER)).size());
    }

    @Test
    void noLinesAreFieldsToo() {
        assertEquals(0, Fields.of().size());
        assertThrows(IllegalArgumentException.class, () -> Fields.of("no colon"));
    }

    @Property
    void aBlockIsCanonicalWhateverCameIn(
            @ForAll @AlphaChars @StringLength(min = 1, max = 20) String name,
            @ForAll @CharRange(from = '!', to = '~') String value,
            @ForAll @CharRange(from = '\t', to = '\t') @CharRange(from = ' ', to = ' ') String blanks) {
        Fields fields = Fields.of(name + ":" + blanks + value + blanks);
        FieldBlock block = new FieldBlock.Builder().copy(fields, 0).build();
        assertEquals(name + ": " + value + "\r\n", block.text());
        assertEquals(
                block.text(), new FieldBlock.Builder().add(name, value).build().text());
        assertEquals(block.text().length(), block.length());
    }

    @Property
    void aBlockGrowsWithItsLines(@ForAll List<@AlphaChars @StringLength(min = 1, max = 400) String> names) {
        FieldBlock.Builder builder = new FieldBlock.Builder();
        StringBuilder expected = new StringBuilder();
        for (String name : names) {
            builder.add(name, name);
            expected.append(name).append(": ").append(name).append("\r\n");
        }
        assertEquals(expected.toString(), builder.build().text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a\rb", "a\nb", "a\r\nX: y", "\u0000", "a\u007f", "\u001b", "\u0100", "\u010a", "\ud83d\ude00"})
    void aValueThatCouldEndTheLineIsNeverWritten(String value) {
        FieldBlock.Builder builder = new FieldBlock.Builder();
        assertThrows(IllegalStateException.class, () -> builder.add("X", value));
        assertThrows(IllegalStateException.class, () -> builder.add(KnownField.LOCATION, value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a:", "a\r\n", "\u00e9", "\u0141"})
    void aNameIsAToken(String name) {
        FieldBlock.Builder builder = new FieldBlock.Builder();
        assertThrows(IllegalStateException.class, () -> builder.add(name, "v"));
        assertThrows(IllegalArgumentException.class, () -> FieldName.of(name));
        assertThrows(IllegalArgumentException.class, () -> new Method(name));
    }

    @Test
    void aBlockDoesNotPrintItsValues() {
        assertEquals(
                "13 bytes of fields",
                new FieldBlock.Builder().add("Cookie", "s=1").build().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length",
                "Transfer-Encoding",
                "Host",
                "Authorization",
                "Cookie",
                "Set-Cookie",
                "Trailer",
                "Connection",
                "TE",
                "Upgrade",
                "X-Forwarded-For",
                "Location",
                "Content-Encoding",
                "content-type",
                "Content-Range",
                "Cache-Control",
                "Max-Forwards",
                "WWW-Authenticate",
                "Age",
                "Expires",
                "Date",
                "Vary",
                "Retry-After",
                "Range",
                "If-Match",
                "Pragma"
            })
    void aTrailerThatWouldChangeTheMessageIsNotRelayed(String name) {
        TrailerFields trailers =
                (TrailerFields) TrailerFields.parse((name + ": v\r\nServer-Timing: t\r\nGrpc-Status: 0\r\n\r\n")
                        .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertEquals(
                "Server-Timing: t\r\nGrpc-Status: 0\r\n", trailers.relayable().text());
    }

    @Test
    void aMethodIsIdempotentByItsName() {
        assertTrue(new Method("GET").isIdempotent());
        assertFalse(new Method("get").isIdempotent());
        assertFalse(Method.POST.isIdempotent());
        assertFalse(Method.PATCH.isIdempotent());
    }
}
