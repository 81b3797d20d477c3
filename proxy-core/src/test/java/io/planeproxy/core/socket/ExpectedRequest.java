package io.planeproxy.core.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.planeproxy.core.kit.Request;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one request must look like to the upstream.
 *
 * @param target absent: as in the first request line that was sent
 * @param has every value of a field, in order
 * @param asSent fields whose value must be the sent one, byte for byte
 * @param tokens members that a list field must name, in any case
 * @param lacks fields that must not be there
 */
record ExpectedRequest(
        String method,
        Optional<String> target,
        Map<String, List<String>> has,
        List<String> asSent,
        Map<String, String> tokens,
        List<String> lacks,
        Optional<String> body) {

    private static final Pattern TARGET = Pattern.compile("^[\\r\\n]*\\S+ (\\S+)");
    private static final List<String> ENDS_HERE = List.of(
            "Keep-Alive",
            "Proxy-Connection",
            "Proxy-Authorization",
            "Proxy",
            "TE",
            "HTTP2-Settings",
            "Trailer",
            "Expect",
            "Forwarded");

    static ExpectedRequest of(JsonObject json) {
        return new ExpectedRequest(
                json.get("method").getAsString(),
                Optional.ofNullable(json.get("target")).map(JsonElement::getAsString),
                members(json, "has").collect(Collectors.toMap(Map.Entry::getKey, entry -> strings(entry.getValue()))),
                Optional.ofNullable(json.get("asSent"))
                        .map(ExpectedRequest::strings)
                        .orElse(List.of()),
                members(json, "tokens")
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().getAsString())),
                Optional.ofNullable(json.get("lacks"))
                        .map(ExpectedRequest::strings)
                        .orElse(List.of()),
                Optional.ofNullable(json.get("body")).map(JsonElement::getAsString));
    }

    /** Fails unless the upstream's request is the expected one and keeps the laws that hold for every forwarded request. */
    void check(Request got, String sent) {
        assertEquals(method, got.method());
        assertEquals(target.orElseGet(() -> sentTarget(sent)), got.target());
        has.forEach((name, values) -> assertEquals(values, got.values(name), name));
        asSent.forEach(name -> assertEquals(List.of(sentValue(sent, name)), got.values(name), name));
        tokens.forEach((name, token) -> assertTrue(
                String.join(",", got.values(name)).toLowerCase(Locale.ROOT).contains(token), name + " in " + got));
        lacks.forEach(name -> assertEquals(List.of(), got.values(name), name));
        body.ifPresent(bytes -> assertEquals(bytes, got.bodyText()));
        keepsTheLaws(got);
    }

    private static void keepsTheLaws(Request got) {
        assertEquals("HTTP/1.1", got.version());
        assertEquals(List.of(), got.trailers(), "request trailers end here");
        assertEquals(1, got.values("Host").size(), "one Host");
        assertEquals(got.values("Host"), got.values("X-Forwarded-Host"));
        assertEquals(List.of("127.0.0.1"), got.values("X-Forwarded-For"));
        assertEquals(List.of("127.0.0.1"), got.values("X-Real-IP"));
        assertEquals(List.of("http"), got.values("X-Forwarded-Proto"));
        ENDS_HERE.forEach(name -> assertEquals(List.of(), got.values(name), name + " ends here"));
    }

    private static String sentTarget(String sent) {
        Matcher line = TARGET.matcher(sent);
        assertTrue(line.find(), "the case has a request line");
        return line.group(1);
    }

    private static String sentValue(String sent, String name) {
        return sent.lines()
                .filter(line -> line.startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<Map.Entry<String, JsonElement>> members(JsonObject json, String name) {
        return json.has(name) ? json.getAsJsonObject(name).entrySet().stream() : Stream.of();
    }

    private static List<String> strings(JsonElement array) {
        return array.getAsJsonArray().asList().stream()
                .map(JsonElement::getAsString)
                .toList();
    }
}
