package io.planeproxy.core.socket;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One case of {@code http/requests.json} with what {@code http/requests-expected.json} asks for it, or one of
 * {@code http/further-requests.json}, which says both.
 *
 * @param raw the bytes to send, one a character
 */
record RequestCase(String id, String name, String raw, ExpectedOutcome expected) {
    static Stream<RequestCase> all() {
        return Stream.concat(given(), further());
    }

    private static Stream<RequestCase> given() {
        JsonObject expected = read("/http/requests-expected.json", JsonObject.class);
        JsonArray cases = read("/http/requests.json", JsonArray.class);
        if (cases.size() != expected.size()) {
            throw new AssertionError(
                    cases.size() + " requests and " + expected.size() + " expectations, expected one for each");
        }
        List<RequestCase> all = new ArrayList<>();
        for (JsonElement element : cases) {
            JsonObject one = element.getAsJsonObject();
            String id = one.get("id").getAsString();
            all.add(new RequestCase(
                    id,
                    one.get("name").getAsString(),
                    one.get("raw_latin1").getAsString(),
                    ExpectedOutcome.of(expected.getAsJsonObject(id))));
        }
        return all.stream();
    }

    private static Stream<RequestCase> further() {
        return read("/http/further-requests.json", JsonArray.class).asList().stream()
                .map(JsonElement::getAsJsonObject)
                .map(one -> new RequestCase(
                        one.get("id").getAsString(),
                        one.get("group").getAsString() + ": " + one.get("name").getAsString(),
                        raw(one.get("raw_latin1")),
                        ExpectedOutcome.of(one.getAsJsonObject("expected"))));
    }

    /** A text, or a list of texts and of pairs of a text and how often it is repeated. */
    private static String raw(JsonElement written) {
        if (!written.isJsonArray()) {
            return written.getAsString();
        }
        StringBuilder raw = new StringBuilder();
        for (JsonElement part : written.getAsJsonArray()) {
            raw.append(
                    part.isJsonArray()
                            ? part.getAsJsonArray()
                                    .get(0)
                                    .getAsString()
                                    .repeat(part.getAsJsonArray().get(1).getAsInt())
                            : part.getAsString());
        }
        return raw.toString();
    }

    @Override
    public String toString() {
        return id + " " + name;
    }

    private static <T> T read(String resource, Class<T> type) {
        try (InputStream in = RequestCase.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new AssertionError("no resource " + resource + " among the test resources");
            }
            return new Gson().fromJson(new InputStreamReader(in, StandardCharsets.UTF_8), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
