package io.planeproxy.server.accesslog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of a peer's text gets into a line. */
final class ShownTest {
    @ParameterizedTest
    @CsvSource({
        "/invite/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-_9/join, /invite/…/join",
        "/x/plane_api_0123456789abcdef/y, /x/…/y",
        "/projects/7d9f3c8e-1b2a-4c5d-9e0f-123456789abc/, /projects/7d9f3c8e-1b2a-4c5d-9e0f-123456789abc/",
        "/eyJ, /eyJ",
        "/honeyJar, /honeyJar"
    })
    void tokensAreLeftOut(String text, String shown) {
        assertEquals(shown, Shown.of(text));
    }

    @ParameterizedTest
    @CsvSource({
        "https://plane.example/p, https://plane.example/p",
        "https://plane.example/p?code=1, https://plane.example/p?…",
        "https://plane.example/p#code=1, https://plane.example/p#…",
        "https://plane.example?code=1, https://plane.example?…",
        "https://me:pw@plane.example/p@q, https://plane.example/p@q",
        "https://me:p/w@plane.example, https://me:p/w@plane.example",
        "https://me:pw@plane.example, https://plane.example",
        "me:pw@plane.example, plane.example",
        "about:blank, about:blank"
    })
    void ofAnAddressOnlyTheSiteAndThePathAreLeft(String text, String shown) {
        assertEquals(shown, Shown.url(text));
    }

    @Test
    void veryLongTextIsCut() {
        assertEquals("a".repeat(2048) + "…", Shown.of("a".repeat(2049)));
        assertEquals("a".repeat(2048), Shown.of("a".repeat(2048)));
    }

    @Test
    void nothingEndsTheLineOrTheQuotes() {
        assertEquals("a\\x0ab\\x1b\\x7f\\x85\\x2028", Shown.quoted("a\nb\u001b\u007f\u0085\u2028"));
        assertEquals("\\x22\\x5c", Shown.quoted("\"\\"));
        assertEquals("é…", Shown.quoted("é…"));
    }
}
