package io.planeproxy.server.pages;

import io.planeproxy.server.admin.AdminPage;
import io.planeproxy.server.admin.AdminReply;
import io.planeproxy.server.admin.AdminRequest;

/** Takes a lent path back: {@code POST /trace/end?name=…}. */
public final class TraceEndPage implements AdminPage {
    private final TracePaths paths;

    public TraceEndPage(TracePaths paths) {
        this.paths = paths;
    }

    @Override
    public String path() {
        return TraceName.PAGE + "/end";
    }

    @Override
    public Verb verb() {
        return Verb.POST;
    }

    @Override
    public AdminReply answer(AdminRequest request) {
        return TraceName.in(request)
                .map(name -> {
                    paths.takeBack(name);
                    return AdminReply.text(200, "taken back");
                })
                .orElseGet(TraceName::missing);
    }
}
