package io.planeproxy.server.pages;

import io.planeproxy.server.admin.AdminPage;
import io.planeproxy.server.admin.AdminReply;
import io.planeproxy.server.admin.AdminRequest;
import java.util.Map;

/** The heads of the requests that came for a lent path: {@code GET /trace?name=…}. */
public final class TraceNotedPage implements AdminPage {
    private final TracePaths paths;

    public TraceNotedPage(TracePaths paths) {
        this.paths = paths;
    }

    @Override
    public String path() {
        return TraceName.PAGE;
    }

    @Override
    public Verb verb() {
        return Verb.GET;
    }

    @Override
    public AdminReply answer(AdminRequest request) {
        return TraceName.in(request)
                .map(name -> AdminReply.json(200, Map.of("heads", paths.noted(name))))
                .orElseGet(TraceName::missing);
    }
}
