package io.planeproxy.server.pages;

import io.planeproxy.server.admin.AdminPage;
import io.planeproxy.server.admin.AdminReply;
import io.planeproxy.server.admin.AdminRequest;
import io.planeproxy.server.metrics.MetricsPage;

/** The figures, for Prometheus. */
public final class ScrapePage implements AdminPage {
    private final MetricsPage figures;

    public ScrapePage(MetricsPage figures) {
        this.figures = figures;
    }

    @Override
    public String path() {
        return "/metrics";
    }

    @Override
    public Verb verb() {
        return Verb.GET;
    }

    @Override
    public AdminReply answer(AdminRequest request) {
        MetricsPage.Content content = figures.render(request.accept().orElse(""));
        return new AdminReply.Content(200, content.contentType(), content.text());
    }
}
