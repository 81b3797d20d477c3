package io.planeproxy.server.pages;

import io.planeproxy.core.cause.Refusal;
import io.planeproxy.server.metrics.CertificateFigure;
import io.planeproxy.server.recent.UpstreamSight;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What of a status somebody should look at, in a sentence each. */
final class Attention {
    /** Let's Encrypt's clients renew 30 days before the end, so that something is wrong by then. */
    private static final Duration RENEWED_BEFORE = Duration.ofDays(14);

    private Attention() {}

    static List<String> of(Status status) {
        List<String> sentences = new ArrayList<>();
        status.upstreams().forEach(behind -> upstream(behind, status.now(), sentences));
        status.certificates().forEach(certificate -> certificate(certificate, status.now(), sentences));
        status.tenure()
                .refused()
                .ifPresent(refused -> sentences.add("The configuration on the disk is not in service: "
                        + refused.problems().size()
                        + (refused.problems().size() == 1 ? " problem" : " problems")
                        + ", see below."));
        if (status.sockets().isEmpty()) {
            sentences.add("An event loop does not answer: the proxy hangs, or the machine is overloaded.");
        }
        if (status.bugs() > 0) {
            sentences.add("Faults of plane-proxy itself since the start: " + status.bugs()
                    + ". Please report them; their stacks are in the log.");
        }
        return sentences;
    }

    private static void upstream(Status.Behind behind, Instant now, List<String> sentences) {
        switch (behind.sight()) {
            case UpstreamSight.Away(Instant since, Refusal refusal) ->
                sentences.add(behind.upstream() + " has been away for " + Words.ago(since, now) + ". "
                        + refusal.cause().sentence());
            case UpstreamSight.Connected _, UpstreamSight.Unasked _ -> {}
        }
    }

    private static void certificate(CertificateFigure certificate, Instant now, List<String> sentences) {
        Duration left = Duration.between(now, certificate.notAfter());
        if (left.isNegative()) {
            sentences.add("The certificate of " + certificate.names() + " has expired: browsers refuse it.");
        } else if (left.compareTo(RENEWED_BEFORE) < 0) {
            sentences.add("The certificate of " + certificate.names() + " ends in " + Words.duration(left)
                    + ": its renewal is overdue.");
        }
    }
}
