package io.planeproxy.core.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.planeproxy.core.cause.Cause;
import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.kit.Heads;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RefusalPageTest {
    @ParameterizedTest
    @EnumSource
    void everyCauseHasAWholeAnswerThatClosesTheConnection(Cause cause) {
        Answer answer = RefusalPage.of(new Refusal(cause, "seen"), Optional.empty());
        assertEquals(cause.status(), answer.status());
        assertEquals(Answer.After.CLOSE, answer.after());
        assertTrue(answer.fields().text().contains("X-Plane-Proxy-Cause: " + cause.code() + "\r\n"));
        assertTrue(answer.body().text().contains(cause.sentence()));
        assertTrue(answer.body().text().contains("(seen)"));
    }

    @Test
    void aBrowserGetsAPageAndAProgramJson() {
        assertType("text/html; charset=utf-8", "GET / HTTP/1.1", "Accept: text/html,*/*;q=0.8");
        assertType("application/json", "GET / HTTP/1.1", "Accept: Application/JSON");
        assertType("application/json", "GET /api/x HTTP/1.1", "Accept: text/html");
        assertType("text/plain; charset=utf-8", "GET / HTTP/1.1", "Accept: */*");
    }

    private static void assertType(String type, String line, String accept) {
        Answer answer = RefusalPage.of(
                new Refusal(Cause.UPSTREAM_REFUSED, ""), Optional.of(Heads.request(line, "Host: a", accept)));
        assertTrue(
                answer.fields().text().contains("Content-Type: " + type + "\r\n"),
                answer.fields().text());
    }

    @Property(tries = 300)
    void whateverWasSeenIsEscaped(@ForAll @CharRange(from = ' ', to = '~') String seen) {
        Refusal refusal = new Refusal(Cause.MALFORMED_HOST, seen);
        String html = RefusalPage.of(
                        refusal, Optional.of(Heads.request("GET / HTTP/1.1", "Host: a", "Accept: text/html")))
                .body()
                .text();
        String paragraph = html.substring(html.indexOf("<p>") + 3, html.indexOf("</p>"));
        assertFalse(paragraph.contains("<") || paragraph.contains(">"), paragraph);
        String json = RefusalPage.of(refusal, Optional.of(Heads.request("GET /api/ HTTP/1.1", "Host: a")))
                .body()
                .text();
        JsonObject read = JsonParser.parseString(json).getAsJsonObject();
        String expected =
                seen.isEmpty() ? refusal.cause().sentence() : refusal.cause().sentence() + " (" + seen + ")";
        assertEquals(expected, read.get("error").getAsString());
        assertEquals(
                expected,
                paragraph
                        .replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&quot;", "\"")
                        .replace("&amp;", "&"));
    }
}
