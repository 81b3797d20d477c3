package io.planeproxy.server.doctor;

import io.planeproxy.server.probe.Reply;
import io.planeproxy.server.probe.Way;
import io.planeproxy.server.probe.Way.Security;
import io.planeproxy.server.settings.ListenerSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whether http leads to https, at the same host. */
final class RedirectCheck implements Check {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int HTTP = 80;

    @Override
    public String name() {
        return "redirect";
    }

    @Override
    public List<Result> look(Patient patient) {
        List<Result> results = new ArrayList<>();
        for (ListenerSettings listener : patient.settings().listeners()) {
            if (listener instanceof ListenerSettings.RedirectToHttps) {
                String place = listener.address().value().toString();
                results.add(
                        switch (Vantages.at(listener, patient)) {
                            case Vantage.Closed(String _, String why) -> Result.skipped(place, why);
                            case Vantage.Open(Way way) -> asked(place, way);
                        });
            }
        }
        patient.address()
                .filter(address -> address.security() == Security.TLS)
                .map(address -> inPublic(patient, address))
                .ifPresent(results::add);
        return results.isEmpty()
                ? List.of(Result.skipped("", "no listener redirects, and browsers do not come by https"))
                : results;
    }

    private static Result inPublic(Patient patient, PublicAddress address) {
        int port = port(patient, address);
        String place = "http://" + address.host() + (port == HTTP ? "" : ":" + port);
        return switch (Vantages.inPublic(patient)) {
            case Vantage.Closed(String _, String why) -> Result.skipped(place, why);
            case Vantage.Open(Way https) -> {
                Way http = Way.to(
                        place,
                        new InetSocketAddress(https.address().getAddress(), port),
                        Security.PLAIN,
                        address.host());
                yield asked(place, http);
            }
        };
    }

    /**
     * Where browsers come by http. The configured port, where they come to the configured port of https as well; where something in
     * front has other ports than this proxy, that has the usual one.
     */
    private static int port(Patient patient, PublicAddress address) {
        boolean isStraight = patient.secureListeners().stream()
                .anyMatch(listener -> listener.address().value().port().number() == address.port());
        return patient.settings().listeners().stream()
                .filter(listener -> isStraight && listener instanceof ListenerSettings.RedirectToHttps)
                .map(listener -> listener.address().value().port().number())
                .filter(port -> port > 0)
                .findFirst()
                .orElse(HTTP);
    }

    private static Result asked(String place, Way way) {
        try {
            Reply reply = Requests.get(way, "/plane-proxy-doctor?a=b", PATIENCE);
            Optional<String> target = reply.field("Location");
            String expected = "https://" + way.host().replaceFirst(":\\d+$", "");
            boolean isRedirect = reply.status() / 100 == 3;
            if (isRedirect && target.filter(to -> leadsTo(to, expected)).isPresent()) {
                return Result.ok(place, reply.status() + " to " + target.get());
            }
            return isRedirect && target.isPresent()
                    ? Result.failed(
                            place,
                            "redirects to " + target.get() + "; expected the same host and path with https",
                            "pass Host on as the browser sent it; in nginx: proxy_set_header Host $http_host")
                    : Result.warning(
                            place,
                            "answers " + reply.described() + "; expected a redirect to https",
                            "add a listener: { port = 80, redirect-to-https = true }");
        } catch (IOException nobody) {
            return Result.warning(
                    place,
                    "nobody answers there (" + nobody.getMessage()
                            + "): whoever types the name without https finds nothing",
                    "add a listener: { port = 80, redirect-to-https = true }, and open port 80 in the firewall");
        }
    }

    private static boolean leadsTo(String target, String expected) {
        return target.matches(Pattern.quote(expected) + "(:\\d+)?/plane-proxy-doctor\\?a=b");
    }
}
