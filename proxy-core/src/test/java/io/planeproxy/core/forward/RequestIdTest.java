package io.planeproxy.core.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.planeproxy.core.http.Fields;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names of requests are kept, and which are made. */
final class RequestIdTest {
    private final Random random = new Random(1);

    @ParameterizedTest
    @ValueSource(
            strings = {"1", "7d9f3c8e-1b2a-4c5d-9e0f-123456789abc", "Root=1-67891233-abcdef01", "A.b_c:d+e/f@g", "a="})
    void aSaneOneIsKept(String sent) {
        assertEquals(sent, of("x-request-id: " + sent));
    }

    @Test
    void theLongestThatIsKept() {
        assertEquals("a".repeat(128), of("X-Request-Id: " + "a".repeat(128)));
        assertMade(of("X-Request-Id: " + "a".repeat(129)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\"b", "a,b", "<b>", "a;b", "a\\b", "\u00e9", "a#b", "a\tb", "$a", "a'b"})
    void oneThatCouldDoHarmInALogIsNot(String sent) {
        assertMade(of("X-Request-Id: " + sent));
    }

    @Test
    void twoAreNone() {
        assertMade(of("X-Request-Id: 1", "X-Request-Id: 1"));
    }

    @Test
    void withoutOneEachIsAnother() {
        List<String> made = List.of(of(), of(), of());
        made.forEach(RequestIdTest::assertMade);
        assertEquals(3, made.stream().distinct().count());
    }

    private String of(String... lines) {
        return RequestId.of(Fields.of(lines), random).text();
    }

    private static void assertMade(String id) {
        assertTrue(id.matches("[0-9a-f]{32}"), id);
    }
}
