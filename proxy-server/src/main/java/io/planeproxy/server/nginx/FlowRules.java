package io.planeproxy.server.nginx;

import io.planeproxy.server.nginx.Verdict.NotNeeded;
import io.planeproxy.server.nginx.Verdict.NotSupported;
import java.util.List;

/** What happens to a request before it is passed on, and what becomes of bodies. */
final class FlowRules {
    private static final String REDIRECT = "redirect-to-https = true";

    private FlowRules() {}

    static void addTo(Rules rules) {
        rules.rule(FlowRules::redirect, "return", "rewrite")
                .rule(FlowRules::condition, "if")
                .rule(Listens::judge, "listen")
                .notNeeded("every name is served", "server_name")
                .notNeeded("its variable is told of where it is used", "map", "geo", "split_clients", "set", "map_hash")
                .notNeeded("only of use with return and rewrite, which are judged by themselves", "break")
                .notNeeded("proxy_pass says where the block of this name leads", "upstream")
                .notSupported(
                        "conditions are for the path alone: routes",
                        "error_page",
                        "try_files",
                        "internal",
                        "post_action")
                .notNeededAs(
                        List.of("off"),
                        "a path is passed on as it came",
                        "a path is passed on as it came",
                        "merge_slashes")
                .notSupported("this file is not read", "include");
        bodies(rules);
    }

    private static void bodies(Rules rules) {
        String passedOn = "replies are passed on as Plane made them";
        rules.notNeededAs(
                        List.of("off"),
                        passedOn,
                        passedOn + ", compressed where Plane compresses",
                        "gzip",
                        "brotli",
                        "zstd")
                .notNeeded(
                        "only of use with gzip or brotli, which is judged by itself",
                        "gzip_types",
                        "gzip_vary",
                        "gzip_proxied",
                        "gzip_comp_level",
                        "gzip_buffers",
                        "gzip_http_version",
                        "gzip_min_length",
                        "gzip_disable",
                        "gunzip_buffers",
                        "brotli_types",
                        "brotli_comp_level",
                        "brotli_static",
                        "brotli_buffers",
                        "brotli_window",
                        "brotli_min_length")
                .notNeededAs(
                        List.of("off"),
                        passedOn,
                        passedOn,
                        "charset",
                        "gunzip",
                        "sub_filter_once",
                        "ssi",
                        "addition_types")
                .notNeeded(
                        "only of use with charset or sub_filter, which is judged by itself",
                        "charset_types",
                        "override_charset",
                        "sub_filter_types",
                        "sub_filter_last_modified",
                        "source_charset",
                        "charset_map")
                .notSupported(passedOn, "sub_filter", "add_before_body", "add_after_body", "xslt_stylesheet", "mirror")
                .notNeededAs(
                        List.of("on"), "always so", "bodies without a length are chunked", "chunked_transfer_encoding")
                .notNeededAs(
                        List.of("off"),
                        "it is off",
                        "requests are read strictly and otherwise passed on unseen; keep such a filter in front or behind",
                        "modsecurity",
                        "client_body_in_file_only")
                .notNeeded(
                        "only of use with modsecurity, which is judged by itself",
                        "modsecurity_rules_file",
                        "modsecurity_rules")
                .notSupported("figures are not told to clients", "stub_status");
    }

    private static Verdict redirect(Directive directive, Block block) {
        boolean standsWhereAllPass = switch (block.kind()) {
            case SERVER -> true;
            case LOCATION -> Location.isForEverything(block);
            case CONDITION -> HttpsRedirect.isCondition(block);
            case WHOLE, HTTP, UPSTREAM, PROCESS, OTHER -> false;
        };
        if (standsWhereAllPass && HttpsRedirect.of(directive, block).isPresent()) {
            return Verdict.Converted.to(REDIRECT);
        }
        if (block.kind() == Block.Kind.SERVER && Redirects.byConditionsAlone(block)) {
            return new NotNeeded("requests for every name are redirected");
        }
        return directive.name().equals("return")
                ? new NotSupported("no answers are given here but the proxy's own; Plane answers the rest")
                : new NotSupported("a path is passed on as it came");
    }

    private static Verdict condition(Directive directive, Block block) {
        return block.inner(directive).filter(HttpsRedirect::isCondition).isPresent()
                ? Verdict.Converted.to(REDIRECT)
                : new NotSupported("only plain http can be asked for here, to redirect it");
    }
}
