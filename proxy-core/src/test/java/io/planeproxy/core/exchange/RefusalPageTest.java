package io.planeproxy.core.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.planeproxy.core.cause.Cause;
import io.planeproxy.core.cause.Refusal;
import io.planeproxy.core.forward.RequestId;
import io.planeproxy.core.kit.Heads;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class RefusalPageTest {
    @ParameterizedTest
    @EnumSource
    void everyCauseHasAWholeAnswerThatClosesTheConnection(Cause cause) {
        Answer answer = RefusalPage.of(new Refusal(cause, "seen"), new RequestId("id-1"));
        assertEquals(cause.status(), answer.status());
        assertEquals(Answer.After.CLOSE, answer.after());
        assertTrue(answer.fields().text().contains("X-Plane-Proxy-Cause: " + cause.code() + "\r\n"));
        assertTrue(answer.body().text().contains(cause.sentence()));
        assertTrue(answer.body().text().contains("(seen)"));
        assertTrue(answer.fields().text().contains("X-Request-Id: id-1\r\n"));
        assertTrue(answer.body()
                .text()
                .contains(cause.code() + ", request id-1; what to do: plane-proxy explain " + cause.code()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET / HTTP/1.1          | text/html,*/*;q=0.8                      | text/html; charset=utf-8",
                "GET / HTTP/1.1          | application/xhtml+xml                    | text/html; charset=utf-8",
                "GET / HTTP/1.1          | Application/JSON                         | application/json",
                "GET / HTTP/1.1          | application/problem+json                 | application/json",
                "GET / HTTP/1.1          | application/json, text/plain, */*        | application/json",
                "GET / HTTP/1.1          | text/html;q=0.5, application/json;q=0.9  | application/json",
                "GET / HTTP/1.1          | application/json;q=0.1, text/html        | text/html; charset=utf-8",
                "GET / HTTP/1.1          | text/html;q=0                            | text/plain; charset=utf-8",
                "GET / HTTP/1.1          | text/html;q=none                         | text/plain; charset=utf-8",
                "GET / HTTP/1.1          | text/htmlx, application/jsonp            | text/plain; charset=utf-8",
                "GET / HTTP/1.1          | */*                                      | text/plain; charset=utf-8",
                "GET /api/x HTTP/1.1     | text/html                                | application/json",
                "GET /api HTTP/1.1       | text/html                                | application/json",
                "GET /%61pi/x HTTP/1.1   | text/html                                | application/json",
                "GET /apix HTTP/1.1      | text/html                                | text/html; charset=utf-8",
                "GET /x/api/y HTTP/1.1   | text/html                                | text/html; charset=utf-8"
            })
    void aBrowserGetsAPageAndAProgramJson(String line, String accept, String type) {
        assertType(type, line, "Accept: " + accept);
    }

    @Test
    void severalAcceptFieldsAreOneList() {
        Answer answer = RefusalPage.of(
                new Refusal(Cause.UPSTREAM_REFUSED, ""),
                asked("GET / HTTP/1.1", "Host: a", "Accept: image/png", "Accept: text/html"));
        assertTrue(answer.fields().text().contains("Content-Type: text/html"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  UPSTREAM_REFUSED, true",
        "GET,  CONNECT_TIMEOUT,  true",
        "GET,  SHUTDOWN,         true",
        "POST, UPSTREAM_REFUSED, false",
        "PUT,  UPSTREAM_REFUSED, false",
        "GET,  BODY_OVER_LIMIT,  false",
        "GET,  REPLY_TIMEOUT,    false"
    })
    void thePageTriesAgainByItselfOnlyWhereTheUpstreamIsAwayAndAskingAgainDoesNoHarm(
            String method, Cause cause, boolean again) {
        String page = page(method + " /p HTTP/1.1", new Refusal(cause, ""));
        assertEquals(again, page.contains("<script>"), page);
        assertEquals(again, page.contains("http-equiv=\"refresh\""), page);
    }

    @Test
    void thePageNeedsNothingFromElsewhereAndRunsNothingButItsOwn() throws Exception {
        Answer answer = RefusalPage.of(
                new Refusal(Cause.UPSTREAM_REFUSED, "seen"), asked("GET / HTTP/1.1", "Host: a", "Accept: text/html"));
        String page = answer.body().text();
        assertFalse(page.contains("src=") || page.contains("href=") || page.contains("url("), page);
        String policy = answer.fields()
                .text()
                .lines()
                .filter(line -> line.startsWith("Content-Security-Policy: "))
                .findFirst()
                .orElseThrow();
        assertTrue(policy.contains("default-src 'none';"), policy);
        assertTrue(policy.contains("script-src '" + digest(page, "script") + "';"), policy);
        assertTrue(policy.contains("style-src '" + digest(page, "style") + "';"), policy);
    }

    private static String digest(String page, String element) throws Exception {
        String text = page.substring(
                page.indexOf("<" + element + ">") + element.length() + 2, page.indexOf("</" + element + ">"));
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return "sha256-" + Base64.getEncoder().encodeToString(digest);
    }

    private static String page(String line, Refusal refusal) {
        return RefusalPage.of(refusal, asked(line, "Host: a", "Accept: text/html"))
                .body()
                .text();
    }

    @Test
    void everyFormNamesTheRequestUnderWhichTheLogsHaveIt() {
        for (String accept : List.of("text/html", "application/json", "*/*")) {
            Answer answer = RefusalPage.of(
                    new Refusal(Cause.UPSTREAM_REFUSED, ""), asked("GET / HTTP/1.1", "Host: a", "Accept: " + accept));
            assertTrue(answer.fields().text().contains("\r\nX-Request-Id: id-1\r\n"));
            assertTrue(answer.body().text().contains("id-1"));
        }
    }

    private static Asked asked(String... lines) {
        return new Asked(Heads.request(lines), new RequestId("id-1"));
    }

    private static void assertType(String type, String line, String accept) {
        Answer answer = RefusalPage.of(new Refusal(Cause.UPSTREAM_REFUSED, ""), asked(line, "Host: a", accept));
        assertTrue(
                answer.fields().text().contains("Content-Type: " + type + "\r\n"),
                answer.fields().text());
    }

    @Property(tries = 300)
    void whateverWasSeenIsEscaped(@ForAll @CharRange(from = '\0', to = '~') String seen) {
        Refusal refusal = new Refusal(Cause.MALFORMED_HOST, seen);
        String html = page("GET / HTTP/1.1", refusal);
        String paragraph = html.substring(html.indexOf("<p>") + 3, html.indexOf("</p>"));
        assertFalse(paragraph.contains("<") || paragraph.contains(">"), paragraph);
        String json = RefusalPage.of(refusal, asked("GET /api/ HTTP/1.1", "Host: a"))
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
                        .replace("&#39;", "'")
                        .replace("&amp;", "&"));
    }
}
