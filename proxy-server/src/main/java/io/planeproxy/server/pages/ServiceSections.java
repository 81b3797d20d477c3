package io.planeproxy.server.pages;

import io.planeproxy.core.cause.Refusal;
import io.planeproxy.server.metrics.CertificateFigure;
import io.planeproxy.server.recent.UpstreamSight;
import java.time.Duration;
import java.time.Instant;

/** What stands behind the proxy, and what it was told to do. */
final class ServiceSections {
    private ServiceSections() {}

    static void upstreams(Html html, Status status) {
        html.text("h2", "Upstream");
        html.in("ul", list -> status.upstreams().forEach(behind -> upstream(list, behind, status.now())));
    }

    private static void upstream(Html html, Status.Behind behind, Instant now) {
        html.in(
                "li",
                item -> {
                    item.in("p", head -> head.text("b", behind.upstream().toString()));
                    item.text("p", sight(behind.sight(), now));
                    item.in(
                            "p",
                            facts -> facts.text("span", Words.count(behind.used(), "connection") + " in use")
                                    .text("span", behind.idle() + " kept for later"),
                            "class",
                            "facts");
                },
                "class",
                behind.sight() instanceof UpstreamSight.Away ? "bad" : "good");
    }

    private static String sight(UpstreamSight sight, Instant now) {
        return switch (sight) {
            case UpstreamSight.Unasked() -> "Nobody has wanted anything of it since the start.";
            case UpstreamSight.Connected(Instant at) ->
                "There: the last connection was made " + Words.ago(at, now) + " ago.";
            case UpstreamSight.Away(Instant since, Refusal refusal) ->
                "Away for " + Words.ago(since, now) + ". " + refusal.cause().sentence() + " "
                        + refusal.cause().advice();
        };
    }

    static void certificates(Html html, Status status) {
        html.text("h2", "Certificate");
        if (status.certificates().isEmpty()) {
            html.text("p", "None: no listener of this proxy speaks https.", "class", "none");
            return;
        }
        html.in("ul", list -> status.certificates().forEach(one -> certificate(list, one, status.now())));
    }

    private static void certificate(Html html, CertificateFigure certificate, Instant now) {
        Duration left = Duration.between(now, certificate.notAfter());
        html.in(
                "li",
                item -> {
                    item.text("p", certificate.names(), "class", "name");
                    item.in(
                            "p",
                            facts -> facts.text("span", left.isNegative() ? "expired" : Words.duration(left) + " left")
                                    .text("span", "until " + Words.time(certificate.notAfter())),
                            "class",
                            "facts");
                },
                "class",
                left.toDays() < 14 ? "bad" : "good");
    }

    static void configuration(Html html, Status status) {
        Tenure tenure = status.tenure();
        html.text("h2", "Configuration");
        html.in("ul", list -> {
            list.in(
                    "li",
                    item -> {
                        item.text(
                                "p",
                                "In service for " + Words.ago(tenure.since(), status.now()) + ", asked for by "
                                        + tenure.asker() + ".");
                        item.in(
                                "p",
                                facts -> {
                                    facts.text("span", "since " + Words.time(tenure.since()));
                                    status.listening().forEach(line -> facts.text("span", line));
                                },
                                "class",
                                "facts");
                        item.in("p", more -> more.text("a", "Every value, and where it came from", "href", "/config"));
                    },
                    "class",
                    "good");
            tenure.refused().ifPresent(refused -> refused(list, refused, status.now()));
        });
    }

    private static void refused(Html html, Tenure.Refused refused, Instant now) {
        html.in(
                "li",
                item -> {
                    item.text(
                            "p",
                            "Not put into service " + Words.ago(refused.at(), now) + " ago, asked for by "
                                    + refused.asker() + ":");
                    refused.problems().forEach(problem -> item.text("p", problem, "class", "name"));
                },
                "class",
                "bad");
    }
}
