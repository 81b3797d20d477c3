package io.planeproxy.server.pages;

import io.planeproxy.server.admin.AdminReply;
import io.planeproxy.server.admin.AdminRequest;
import java.util.Optional;

/** The word that stands for a lent path, long enough that nobody guesses it. */
final class TraceName {
    static final String PAGE = "/trace";

    private static final String FORM = "[0-9a-f]{32}";

    private TraceName() {}

    static Optional<String> in(AdminRequest request) {
        return Optional.ofNullable(request.query().get("name")).filter(name -> name.matches(FORM));
    }

    static AdminReply.Content missing() {
        return AdminReply.text(400, "no name; expected name= and 32 hexadecimal digits");
    }
}
