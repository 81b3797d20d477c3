package io.planeproxy.server.pages;

import io.planeproxy.server.admin.AdminPage;
import io.planeproxy.server.admin.AdminReply;
import io.planeproxy.server.admin.AdminRequest;
import java.util.function.BooleanSupplier;

/** Whether clients are served. Whether Plane answers behind the proxy plays no part: another proxy could not help that. */
public final class ReadyPage implements AdminPage {
    private final BooleanSupplier serves;

    public ReadyPage(BooleanSupplier serves) {
        this.serves = serves;
    }

    @Override
    public String path() {
        return "/ready";
    }

    @Override
    public Verb verb() {
        return Verb.GET;
    }

    @Override
    public AdminReply answer(AdminRequest request) {
        return serves.getAsBoolean() ? AdminReply.text(200, "serving") : AdminReply.text(503, "ending");
    }
}
