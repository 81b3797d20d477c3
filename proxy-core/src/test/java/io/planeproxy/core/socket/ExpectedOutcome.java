package io.planeproxy.core.socket;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What must come of the bytes of one case.
 *
 * @param statuses the runs of final statuses that are allowed on the connection, the preferred one first
 * @param interim the statuses of the interim replies before the first final one, where that matters
 * @param after what becomes of the client's connection
 * @param send what the client does when it has sent all
 * @param upstream the whole requests that the upstream must have got, in order, and no other
 */
record ExpectedOutcome(
        List<List<Integer>> statuses,
        Optional<List<Integer>> interim,
        After after,
        Send send,
        List<ExpectedRequest> upstream) {

    /** What becomes of the client's connection. */
    enum After {
        CLOSED,
        SERVES_ANOTHER
    }

    /** How the client ends what it sends. */
    enum Send {
        STAYS_OPEN,
        HALF_CLOSES
    }

    static ExpectedOutcome of(JsonObject json) {
        List<List<Integer>> statuses = new ArrayList<>();
        statuses.add(numbers(json.get("status")));
        if (json.has("orStatus")) {
            json.getAsJsonArray("orStatus").forEach(other -> statuses.add(numbers(other)));
        }
        return new ExpectedOutcome(
                List.copyOf(statuses),
                Optional.ofNullable(json.get("interim")).map(ExpectedOutcome::numbers),
                json.get("closed").getAsBoolean() ? After.CLOSED : After.SERVES_ANOTHER,
                json.has("halfClose") ? Send.HALF_CLOSES : Send.STAYS_OPEN,
                json.getAsJsonArray("upstream").asList().stream()
                        .map(JsonElement::getAsJsonObject)
                        .map(ExpectedRequest::of)
                        .toList());
    }

    private static List<Integer> numbers(JsonElement array) {
        return array.getAsJsonArray().asList().stream()
                .map(JsonElement::getAsInt)
                .toList();
    }
}
