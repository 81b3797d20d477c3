package io.planeproxy.server.pages;

import io.planeproxy.server.admin.AdminPage;
import io.planeproxy.server.admin.AdminReply;
import io.planeproxy.server.admin.AdminRequest;

/** Whether the process lives: whoever gets the answer knows. */
public final class HealthPage implements AdminPage {
    @Override
    public String path() {
        return "/health";
    }

    @Override
    public Verb verb() {
        return Verb.GET;
    }

    @Override
    public AdminReply answer(AdminRequest request) {
        return AdminReply.text(200, "well");
    }
}
