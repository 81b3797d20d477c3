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
 * One case of {@code http/requests.json} with what {@code http/requests-expected.json} asks for it.
 *
 * @param raw the bytes to send, one a character
 */
record RequestCase(String id, String name, String raw, ExpectedOutcome expected) {
    static Stream<RequestCase> all() {
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
