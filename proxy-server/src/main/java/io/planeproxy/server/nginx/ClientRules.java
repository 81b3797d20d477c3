package io.planeproxy.server.nginx;

import io.planeproxy.server.nginx.Verdict.NotNeeded;
import io.planeproxy.server.nginx.Verdict.NotSupported;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What clients may do: how much, how long, how often and from where. */
final class ClientRules {
    private ClientRules() {}

    static void addTo(Rules rules) {
        rules.rule(ClientRules::maxBody, "client_max_body_size")
                .rule(UpstreamRules.time("timeouts.head"), "client_header_timeout")
                .rule(UpstreamRules.time("timeouts.body-idle"), "client_body_timeout")
                .rule(UpstreamRules.time("timeouts.write-stall"), "send_timeout")
                .rule(ClientRules::keepAlive, "keepalive_timeout")
                .rule(
                        (directive, block) ->
                                Rules.to(Value.ofWhole("limits.requests-per-connection", directive.value())),
                        "keepalive_requests")
                .notNeeded(
                        "keep-alive is for every client",
                        "keepalive_disable",
                        "keepalive_time",
                        "keepalive_min_timeout")
                .rule(ClientRules::headers, "large_client_header_buffers")
                .rule(AccessList::judge, "allow", "deny")
                .rule(ClientRules::trusted, "set_real_ip_from")
                .rule(ClientRules::realIpHeader, "real_ip_header")
                .notNeeded("the last address that no trusted proxy vouches for is the client's", "real_ip_recursive")
                .notNeededAs(
                        List.of("all"),
                        "always so",
                        "access by address holds whatever else a request brings",
                        "satisfy")
                .notNeededAs(
                        List.of("off"),
                        "nobody is asked for a password",
                        "nobody is asked for a password: whoever reaches this proxy reaches Plane's own login",
                        "auth_basic",
                        "auth_request")
                .notNeeded(
                        "only of use with auth_basic or auth_request, which is judged by itself",
                        "auth_basic_user_file",
                        "auth_request_set")
                .notSupported("every method but CONNECT and TRACE is passed on", "limit_except");
        limits(rules);
    }

    private static void limits(Rules rules) {
        rules.rule(RequestRate::judge, "limit_req")
                .rule(RequestRate::judgeConnections, "limit_conn")
                .notNeeded("told of where it is used", "limit_req_zone", "limit_conn_zone", "limit_zone")
                .notNeeded("the answer is 429", "limit_req_status")
                .notNeeded("the answer is 503", "limit_conn_status")
                .notNeeded("the access log says it", "limit_req_log_level", "limit_conn_log_level")
                .notNeededAs(
                        List.of("off"),
                        "it is off",
                        "a limit is always kept",
                        "limit_req_dry_run",
                        "limit_conn_dry_run")
                .notNeededAs(
                        List.of("0"), "it is off", "bytes are passed on as fast as both sides take them", "limit_rate")
                .notNeeded("only of use with limit_rate, which is judged by itself", "limit_rate_after");
    }

    private static Verdict maxBody(Directive directive, Block block) {
        return Measures.bytes(directive.value())
                .map(bytes -> bytes == 0
                        ? Rules.to(Value.ofRoute("max-body", "unlimited"))
                        : Rules.to(Value.ofRoute(
                                "max-body", Measures.size(directive.value()).orElseThrow())))
                .orElseGet(() -> new NotSupported("not a size that nginx knows"));
    }

    /** A second time, for browsers, is only told and not kept. */
    private static Verdict keepAlive(Directive directive, Block block) {
        Optional<Duration> time = directive.first().flatMap(Measures::time);
        return time.filter(Duration::isZero).isPresent()
                ? Rules.to(Value.ofWhole("limits.requests-per-connection", "1"))
                : time.map(Measures::text)
                        .map(text -> Rules.to(Value.ofWhole("timeouts.keep-alive", text)))
                        .orElseGet(() -> new NotSupported("not a time that nginx knows"));
    }

    /** nginx: so many buffers, and no line longer than one. */
    private static Verdict headers(Directive directive, Block block) {
        if (directive.arguments().size() != 2
                || !directive.arguments().getFirst().matches("\\d{1,4}")) {
            return new NotSupported("a number and a size are expected");
        }
        Optional<Long> bytes = Measures.bytes(directive.arguments().getLast());
        long buffers = Long.parseLong(directive.arguments().getFirst());
        return bytes.map(each -> Rules.to(
                        Value.ofWhole("limits.request-line", Measures.sizeText(each)),
                        Value.ofWhole("limits.fields", Measures.sizeText(each * buffers))))
                .orElseGet(() -> new NotSupported("not a size that nginx knows"));
    }

    private static Verdict trusted(Directive directive, Block block) {
        if (AddressRange.parse(directive.value()).isEmpty()) {
            return new NotSupported("addresses and ranges are expected; no name is looked up");
        }
        List<String> senders = Listens.senders(block);
        if (!senders.isEmpty()) {
            return Verdict.Converted.to("proxy-protocol = " + Value.list(senders));
        }
        return Rules.to(Value.ofWhole("trusted-proxies", Value.list(Listens.ranges(block))));
    }

    private static Verdict realIpHeader(Directive directive, Block block) {
        return switch (directive.value()) {
            case "proxy_protocol" -> Verdict.Converted.to("proxy-protocol of the listeners");
            case "X-Forwarded-For" -> new NotNeeded("what trusted-proxies say is read there");
            case "CF-Connecting-IP", "True-Client-IP" ->
                new NotNeeded("Cloudflare says the same in X-Forwarded-For, which is read");
            default ->
                new NotSupported("the client's address is read from X-Forwarded-For; let the proxy in front send that");
        };
    }
}
