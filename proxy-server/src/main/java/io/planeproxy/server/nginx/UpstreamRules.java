package io.planeproxy.server.nginx;

import io.planeproxy.server.nginx.Verdict.NotNeeded;
import io.planeproxy.server.nginx.Verdict.NotSupported;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How requests are passed on. */
final class UpstreamRules {
    private static final Duration STANDARD_TUNNEL_IDLE = Duration.ofHours(1);

    private UpstreamRules() {}

    static void addTo(Rules rules) {
        rules.rule((directive, block) -> ProxyPass.target(directive, block).verdict(), "proxy_pass")
                .rule(UpstreamRules::readTimeout, "proxy_read_timeout")
                .rule(time("timeouts.connect"), "proxy_connect_timeout")
                .notNeeded("the upstream may take no bytes for as long as timeouts.reply says", "proxy_send_timeout")
                .notNeeded("HTTP/1.1 is spoken to the upstream", "proxy_http_version")
                .notNeeded(
                        "there is one upstream; a request is tried again only where a kept connection turns out to be closed",
                        "proxy_next_upstream",
                        "proxy_next_upstream_tries",
                        "proxy_next_upstream_timeout")
                .rule(UpstreamRules::redirect, "proxy_redirect")
                .notNeededAs(
                        List.of("off"),
                        "nothing is kept for another request",
                        "nothing is kept for another request; every one reaches Plane",
                        "proxy_cache",
                        "proxy_store")
                .notNeeded(
                        "only of use with proxy_cache, which is judged by itself",
                        "proxy_cache_path",
                        "proxy_cache_key",
                        "proxy_cache_valid",
                        "proxy_cache_bypass",
                        "proxy_no_cache",
                        "proxy_cache_use_stale",
                        "proxy_cache_lock",
                        "proxy_cache_lock_timeout",
                        "proxy_cache_lock_age",
                        "proxy_cache_min_uses",
                        "proxy_cache_methods",
                        "proxy_cache_revalidate",
                        "proxy_cache_background_update",
                        "proxy_cache_convert_head",
                        "proxy_ignore_headers",
                        "proxy_force_ranges",
                        "proxy_store_access")
                .notNeededAs(List.of("on"), "always so", "they are always passed on", "proxy_pass_request_headers")
                .notNeededAs(List.of("on"), "always so", "it is always passed on", "proxy_pass_request_body")
                .notNeededAs(
                        List.of("off"),
                        "always so",
                        "an exchange ends when its client goes away",
                        "proxy_ignore_client_abort")
                .notNeededAs(
                        List.of("off"),
                        "replies of the upstream are passed on as they are",
                        "replies of the upstream are passed on as they are, whatever their status",
                        "proxy_intercept_errors")
                .notSupported(
                        "requests are passed on as they came",
                        "proxy_method",
                        "proxy_set_body",
                        "proxy_bind",
                        "proxy_limit_rate")
                .notSupported(
                        "only http and https are spoken to an upstream",
                        "fastcgi_pass",
                        "uwsgi_pass",
                        "scgi_pass",
                        "grpc_pass",
                        "memcached_pass",
                        "stream",
                        "mail");
        tls(rules);
    }

    private static void tls(Rules rules) {
        rules.notNeededAs(
                        List.of("on"),
                        "always so",
                        "the upstream is told the name that is asked for",
                        "proxy_ssl_server_name")
                .notNeededAs(
                        List.of("on"),
                        "always so",
                        "the certificate of an https upstream is always checked",
                        "proxy_ssl_verify")
                .notNeeded("built in", "proxy_ssl_protocols", "proxy_ssl_ciphers", "proxy_ssl_session_reuse")
                .notNeeded("the whole chain is checked", "proxy_ssl_verify_depth")
                .notSupported(
                        "the certificate must be for the name in upstream; write that name there", "proxy_ssl_name")
                .notSupported(
                        "hand Java a store with this authority; the README shows how, at \"An upstream with https\"",
                        "proxy_ssl_trusted_certificate")
                .notSupported(
                        "no certificate is shown to the upstream",
                        "proxy_ssl_certificate",
                        "proxy_ssl_certificate_key",
                        "proxy_ssl_password_file",
                        "proxy_ssl_crl");
    }

    /** What stands in an upstream block. */
    static void addInnerTo(Rules rules) {
        rules.rule(UpstreamRules::server, "server")
                .notNeeded(
                        "connections are kept for as long as Plane keeps them: upstream-pool",
                        "keepalive",
                        "keepalive_requests",
                        "keepalive_timeout",
                        "keepalive_time")
                .notNeeded("a matter of nginx's own processes", "zone", "state", "resolver", "resolver_timeout")
                .notNeeded(
                        "there is one upstream; further servers are told of at their lines",
                        "ip_hash",
                        "hash",
                        "least_conn",
                        "least_time",
                        "random",
                        "queue",
                        "sticky");
    }

    private static Verdict server(Directive directive, Block block) {
        if (UpstreamServers.usable(block).stream()
                .findFirst()
                .filter(first -> first == directive)
                .isPresent()) {
            return Verdict.Converted.to("the address where proxy_pass names this upstream");
        }
        return directive.arguments().contains("down")
                ? new NotNeeded("it is down")
                : new NotSupported("a route has one upstream, and the first usable server of this block is taken");
    }

    static Rule time(String key) {
        return (directive, block) -> Measures.time(directive.value())
                .map(Measures::text)
                .map(time -> Rules.to(Value.ofWhole(key, time)))
                .orElseGet(() -> new NotSupported("not a time that nginx knows"));
    }

    /** For nginx it is also how long a WebSocket may be silent; here that is a time of its own, which must not get shorter. */
    private static Verdict readTimeout(Directive directive, Block block) {
        Optional<Duration> time = Measures.time(directive.value());
        if (time.isEmpty()) {
            return new NotSupported("not a time that nginx knows");
        }
        String text = Measures.text(time.get());
        List<Value> values = new ArrayList<>(List.of(Value.ofRoute("timeouts.reply", text)));
        if (time.get().compareTo(STANDARD_TUNNEL_IDLE) > 0) {
            values.add(Value.ofWhole(Draft.TUNNEL_IDLE, text));
        }
        return Rules.to(values.toArray(Value[]::new));
    }

    private static Verdict redirect(Directive directive, Block block) {
        return directive.is("proxy_redirect", "default")
                ? new NotNeeded("always so")
                : directive.is("proxy_redirect", "off")
                        ? new NotNeeded(
                                "only redirects to the upstream's own address, which no browser reaches, are mended")
                        : new NotSupported(
                                "only redirects to the upstream's own address are mended, as by proxy_redirect default");
    }
}
