package io.planeproxy.server.admin;

import java.util.Map;
import java.util.Optional;

/**
 * A request for a page.
 *
 * @param query what stands behind the question mark, decoded; the first value where a name comes twice
 * @param accept the field {@code Accept}
 * @param asker who asks, for the log
 */
public record AdminRequest(Map<String, String> query, Optional<String> accept, String asker) {
    public AdminRequest {
        query = Map.copyOf(query);
    }

    /** Whether the answer should be for a program. */
    public boolean wantsJson() {
        return accept.filter(types -> types.contains("application/json")).isPresent();
    }
}
