package io.planeproxy.server.pages;

import io.planeproxy.server.admin.AdminPage;
import io.planeproxy.server.admin.AdminReply;
import io.planeproxy.server.admin.AdminRequest;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The proxy at a glance, for people. The page is whole without its scripts: one of them fetches it again every few seconds and puts
 * the parts that are marked as live in place of the old ones; the other is the browser self-test.
 */
public final class StatusPage implements AdminPage {
    /** Read and hashed when somebody looks first: the start does not wait for it. */
    private static final class Parts {
        static final PageFile STYLE = PageFile.read("status.css");
        static final PageFile REFRESH = PageFile.read("refresh.js");
        static final PageFile SELF_TEST = PageFile.read("self-test.js");

        /** The self-test goes to whatever address somebody types; all else is the page's own. */
        static final String POLICY = "default-src 'none'; style-src " + STYLE.hash() + "; script-src "
                + REFRESH.hash() + " " + SELF_TEST.hash() + "; connect-src 'self' http: https: ws: wss:; img-src data:;"
                + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    private final Supplier<Status> status;

    public StatusPage(Supplier<Status> status) {
        this.status = status;
    }

    @Override
    public String path() {
        return "/";
    }

    @Override
    public Verb verb() {
        return Verb.GET;
    }

    @Override
    public AdminReply answer(AdminRequest request) {
        return AdminReply.html(page(status.get()), Parts.POLICY);
    }

    static String page(Status status) {
        Html html = new Html().own("<!doctype html>\n");
        html.in(
                "html",
                all -> {
                    all.in("head", StatusPage::head);
                    all.in("body", body -> {
                        live(body, "now", part -> now(part, status));
                        body.in("section", part -> selfTest(part, status), "id", "self-test");
                        live(body, "rest", part -> rest(part, status));
                        body.own("<script>" + Parts.REFRESH.text() + "</script>\n<script>" + Parts.SELF_TEST.text()
                                + "</script>\n");
                    });
                },
                "lang",
                "en");
        return html.toString();
    }

    private static void head(Html html) {
        html.open("meta", "charset", "utf-8")
                .open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .open("link", "rel", "icon", "href", "data:,")
                .text("title", "plane-proxy")
                .own("<style>" + Parts.STYLE.text() + "</style>\n");
    }

    private static void live(Html html, String id, Consumer<Html> content) {
        html.in("main", content, "id", id, "data-live", "");
    }

    private static void now(Html html, Status status) {
        html.in("header", head -> {
            head.text("h1", "plane-proxy");
            head.text("p", status.version() + ", " + Words.time(status.now()));
        });
        List<String> sentences = Attention.of(status);
        html.in(
                "section",
                part -> {
                    if (sentences.isEmpty()) {
                        part.text("p", "All is well.");
                    }
                    sentences.forEach(sentence -> part.text("p", sentence));
                },
                "id",
                "attention",
                "class",
                sentences.isEmpty() ? "good" : "bad");
        html.in("section", part -> SocketSections.open(part, status), "id", "open");
    }

    private static void selfTest(Html html, Status status) {
        html.text("h2", "Does collaboration work from here?");
        html.text(
                "p",
                "Opens a WebSocket from this browser through the address that users have, and says at each step what"
                        + " came of it. Nothing of Plane is changed.");
        html.in(
                "form",
                form -> form.open(
                                "input",
                                "id",
                                "address",
                                "inputmode",
                                "url",
                                "autocomplete",
                                "off",
                                "spellcheck",
                                "false",
                                "placeholder",
                                "https://plane.example.com",
                                "aria-label",
                                "Public address of Plane",
                                "value",
                                status.address().orElse(""))
                        .text("button", "Test it"));
        html.open("ol", "id", "steps").own("</ol>\n");
        html.own("<p id=\"verdict\" role=\"status\"></p>\n<noscript><p>This needs JavaScript.</p></noscript>\n");
    }

    private static void rest(Html html, Status status) {
        html.in("section", part -> SocketSections.failures(part, status), "id", "failures");
        html.in("section", part -> SocketSections.closes(part, status), "id", "closes");
        html.in("section", part -> ServiceSections.upstreams(part, status), "id", "upstreams");
        html.in("section", part -> ServiceSections.certificates(part, status), "id", "certificates");
        html.in("section", part -> ServiceSections.configuration(part, status), "id", "configuration");
        html.in(
                "footer",
                foot -> foot.text("a", "Metrics", "href", "/metrics")
                        .text("a", "Sockets as JSON", "href", "/sockets")
                        .text("a", "Configuration", "href", "/config"));
    }
}
