package io.planeproxy.server.doctor;

import io.netty.util.NetUtil;
import io.planeproxy.core.cause.Cause;
import io.planeproxy.server.probe.NotHttp;
import io.planeproxy.server.probe.Reply;
import io.planeproxy.server.probe.Way;
import io.planeproxy.server.settings.UpstreamUrl;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Optional;

/** What it means when a handshake is answered with something else than 101. */
final class Handshakes {
    /** What Plane's live server says to a request for a socket that has lost its upgrade. */
    private static final String LIVE_WITHOUT_UPGRADE = "{\"message\":\"Not Found\"}";

    private Handshakes() {}

    /** As a browser sends it from a page of the same host, so that rules on the Origin let it pass. */
    static List<String> fields(Patient patient) {
        return patient.address().map(address -> "Origin: " + address).stream().toList();
    }

    /** @param upstream of this proxy, for that path */
    static Result refused(Way way, Reply reply, UpstreamUrl upstream) {
        return ownAnswer(way, reply, upstream).orElseGet(() -> foreignAnswer(way, reply));
    }

    /** The same as the other, with the upstream named where it is this proxy that speaks of it. */
    static Optional<Result> ownAnswer(Way way, Reply reply, UpstreamUrl upstream) {
        return ownAnswer(way, reply, way.words().equals(Vantage.HERE) ? " It is " + upstream + "." : "");
    }

    /** What an answer of a plane-proxy's own means; nothing for any other. */
    static Optional<Result> ownAnswer(Way way, Reply reply) {
        return ownAnswer(way, reply, "");
    }

    private static Optional<Result> ownAnswer(Way way, Reply reply, String whichUpstream) {
        return reply.cause()
                .flatMap(Cause::of)
                .map(cause -> Result.failed(
                        way.words(),
                        "answered by plane-proxy with " + reply.status() + " " + cause.code() + ": " + cause.sentence()
                                + (cause.sentence().contains("upstream") ? whichUpstream : ""),
                        cause.advice(),
                        reply.evidence().toArray(String[]::new)));
    }

    private static Result foreignAnswer(Way way, Reply reply) {
        String[] evidence = reply.evidence().toArray(String[]::new);
        if (reply.status() == 404 && reply.body().strip().equals(LIVE_WITHOUT_UPGRADE)) {
            return Result.failed(
                    way.words(),
                    "the upgrade headers were lost before Plane's live server: it answered 404 " + LIVE_WITHOUT_UPGRADE,
                    "in nginx: proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade;"
                            + " proxy_set_header Connection \"upgrade\"",
                    evidence);
        }
        return Result.failed(
                way.words(), "answered " + reply.described() + "; expected 101 Switching Protocols", "", evidence);
    }

    /** The same as the other, for an answer that this proxy may keep back. */
    static Result unreachable(Way way, IOException failure, Keeping keeping, UpstreamUrl upstream) {
        return failure instanceof SocketTimeoutException && way.words().equals(Vantage.HERE)
                ? Result.failed(
                        way.words(),
                        "no answer from " + NetUtil.toSocketAddressString(way.address()) + " "
                                + keeping.silence(upstream),
                        "")
                : unreachable(way, failure);
    }

    static Result unreachable(Way way, IOException failure) {
        String seen = failure instanceof NotHttp no && no.kind() == NotHttp.Kind.TLS
                ? "TLS is spoken there, and http was expected"
                : "no answer from " + NetUtil.toSocketAddressString(way.address()) + ": " + failure.getMessage();
        return Result.failed(way.words(), seen, "");
    }
}
