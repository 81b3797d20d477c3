package io.planeproxy.server.doctor;

import io.planeproxy.server.probe.Heads;
import io.planeproxy.server.probe.Way;
import io.planeproxy.server.probe.Way.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a traced request shows of the way from browsers to this proxy, and of what arrives behind it. */
final class WayHere {
    static final String UPGRADE_IN_FRONT =
            "look at what stands in front of this proxy; in nginx: proxy_http_version 1.1; proxy_set_header Upgrade"
                    + " $http_upgrade; proxy_set_header Connection \"upgrade\"";

    private static final String CHAIN = "chain";
    private static final String CLIENT = "client-address";

    private static final List<String> TOLD = List.of(
            "Host", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Port", "X-Real-IP");

    private WayHere() {}

    static List<Result> of(Way way, Sighting seen) {
        List<Result> results = new ArrayList<>();
        results.add(chain(way, seen));
        trust(seen).ifPresent(results::add);
        results.add(scheme(way, seen));
        results.add(host(way, seen));
        return results;
    }

    private static Result chain(Way way, Sighting seen) {
        String fields = String.join(
                ", ",
                TOLD.stream()
                        .flatMap(name -> Heads.field(seen.atFarEnd(), name).map(value -> name + ": " + value).stream())
                        .toList());
        return new Result(CHAIN, new Outcome.Ok(before(way, seen) + "; Plane is told " + fields), seen.evidence());
    }

    private static String before(Way way, Sighting seen) {
        if (seen.isStraight()) {
            return "no other proxy stands in front";
        }
        List<String> addresses = seen.proxiesBefore();
        String who = PlaneProxy.refusal(way)
                .map(refusal -> refusal.cause().isPresent() ? "another plane-proxy" : refusal.author())
                .orElse("somebody who does not say their name");
        return addresses.size() == 1
                ? "one other proxy stands in front, " + who + " at " + addresses.getFirst()
                : addresses.size() + " other proxies stand in front, at " + String.join(", then ", addresses)
                        + "; the first of them is " + who;
    }

    private static Optional<Result> trust(Sighting seen) {
        if (seen.isStraight()) {
            return Optional.empty();
        }
        if (!seen.namesClient()) {
            return Optional.of(warning(
                    "trusted-proxies",
                    "the proxy in front (" + seen.peer()
                            + ") does not say who the client is: Plane takes its address for" + " that of every client",
                    "let it say so; in nginx: proxy_set_header X-Forwarded-For $remote_addr; proxy_set_header"
                            + " X-Forwarded-Proto $scheme; and here: trusted-proxies = [\"" + seen.peer() + "\"]",
                    seen));
        }
        return Optional.of(
                seen.isTrusted()
                        ? Result.ok("trusted-proxies", "the proxy in front (" + seen.peer() + ") is believed")
                        : warning(
                                "trusted-proxies",
                                "the proxy in front (" + seen.peer()
                                        + ") is not believed: Plane takes its address for that" + " of every client",
                                "trusted-proxies = [\"" + seen.peer() + "\"]",
                                seen));
    }

    private static Result scheme(Way way, Sighting seen) {
        String asked = way.security() == Security.TLS ? "https" : "http";
        String told = Heads.field(seen.atFarEnd(), "X-Forwarded-Proto").orElse("nothing");
        if (asked.equals(told)) {
            return Result.ok("scheme", "Plane is told " + told + ", as browsers come");
        }
        String fix = seen.isTrusted()
                ? "let the proxy in front say it; in nginx: proxy_set_header X-Forwarded-Proto $scheme"
                : "trusted-proxies = [\"" + seen.peer()
                        + "\"], and let the proxy there say it; in nginx: proxy_set_header"
                        + " X-Forwarded-Proto $scheme";
        return failed(
                "scheme",
                "browsers come by " + asked + ", and Plane is told " + told
                        + ": logins and uploads go to wrong addresses",
                fix,
                seen);
    }

    private static Result host(Way way, Sighting seen) {
        String arrived = Heads.field(seen.asItCame(), "Host").orElse("none");
        return arrived.equalsIgnoreCase(way.host())
                ? Result.ok("host", arrived + ", as browsers sent it")
                : failed(
                        "host",
                        "Host was " + way.host() + " and arrives as " + arrived
                                + ": addresses that Plane makes are wrong, and uploads fail",
                        "let the proxy in front pass it on; in nginx: proxy_set_header Host $http_host",
                        seen);
    }

    /** Whether Plane takes a client for whom it claims to be. */
    static Result claim(String claimed, Sighting seen) {
        if (!seen.clientForPlane().equals(claimed)) {
            return Result.ok(CLIENT, "what a client claims to be is not believed");
        }
        return seen.isStraight()
                ? warning(
                        CLIENT,
                        "a client that comes from " + seen.peer()
                                + " can claim to be anybody: no proxy stands in front, and"
                                + " trusted-proxies has that address",
                        "take out of trusted-proxies the range that has " + seen.peer(),
                        seen)
                : warning(
                        CLIENT,
                        "a client can claim to be anybody: the proxy in front passes on the X-Forwarded-For that it sends",
                        "let the first proxy replace it; in nginx: proxy_set_header X-Forwarded-For $remote_addr",
                        seen);
    }

    private static Result warning(String subject, String seen, String fix, Sighting how) {
        return new Result(subject, new Outcome.Warning(seen, fix), how.evidence());
    }

    private static Result failed(String subject, String seen, String fix, Sighting how) {
        return new Result(subject, new Outcome.Failed(seen, fix), how.evidence());
    }
}
