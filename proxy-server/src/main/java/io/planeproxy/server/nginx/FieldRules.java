package io.planeproxy.server.nginx;

import io.planeproxy.server.nginx.Verdict.NotNeeded;
import io.planeproxy.server.nginx.Verdict.NotSupported;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Header fields: those that Plane gets, and those that browsers get. */
final class FieldRules {
    private static final Pattern MAX_AGE = Pattern.compile("(?i).*max-age\\s*=\\s*\"?(\\d{1,10}).*");
    private static final Set<String> OF_THE_CLIENT =
            Set.of("$remote_addr", "$proxy_add_x_forwarded_for", "$realip_remote_addr");
    private static final Set<String> OF_THE_HOST = Set.of("$http_host", "$host", "$host:$server_port", "$server_name");
    private static final String TRUST =
            "this proxy says it from the connection; where another proxy in front knows better, name it in trusted-proxies";

    private FieldRules() {}

    static void addTo(Rules rules) {
        rules.rule(FieldRules::toUpstream, "proxy_set_header")
                .rule(FieldRules::toBrowser, "add_header")
                .notSupported(
                        "fields of the upstream's reply are passed on as they are",
                        "proxy_hide_header",
                        "proxy_cookie_domain",
                        "proxy_cookie_path",
                        "proxy_cookie_flags",
                        "more_set_headers",
                        "more_clear_headers",
                        "add_trailer",
                        "expires")
                .notNeeded("fields of the upstream's reply are passed on as they are", "proxy_pass_header")
                .notSupported("fields of the request are passed on as they are", "more_set_input_headers")
                .notNeededAs(
                        List.of("off"),
                        "always so",
                        "fields with an underscore in their name end here, since many servers take it for a hyphen",
                        "underscores_in_headers")
                .notNeededAs(
                        List.of("on"),
                        "a request with one is refused",
                        "a request with one is refused",
                        "ignore_invalid_headers");
    }

    private static Verdict toUpstream(Directive directive, Block block) {
        if (directive.arguments().size() != 2) {
            return new NotSupported("expected a name and a value");
        }
        String name = directive.arguments().getFirst();
        String value = directive.arguments().getLast();
        if (value.matches("\\$http_x_(forwarded_\\w+|real_ip)")
                && !Listens.ranges(block).isEmpty()) {
            return new NotNeeded("what trusted-proxies say of it is believed");
        }
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "host" ->
                OF_THE_HOST.contains(value)
                        ? new NotNeeded("Host is always passed on as the browser sent it, with its port")
                        : new NotSupported("Host is always passed on as the browser sent it, which Plane needs");
            case "upgrade", "connection" -> new NotNeeded("always, and where something is upgraded: upgrades");
            case "x-forwarded-proto" -> proto(value, block);
            case "x-forwarded-host" ->
                OF_THE_HOST.contains(value) || servedNames(block).contains(value)
                        ? new NotNeeded("always, as the browser asked for it")
                        : new NotSupported(TRUST);
            case "x-forwarded-port" ->
                value.matches("\\$server_port|\\d{1,5}")
                        ? new NotNeeded("always, as the browser asked for it")
                        : new NotSupported(TRUST);
            case "x-forwarded-for" ->
                OF_THE_CLIENT.contains(value)
                        ? new NotNeeded("always; what a client claims itself counts only behind trusted-proxies")
                        : new NotSupported(TRUST);
            case "x-real-ip" -> OF_THE_CLIENT.contains(value) ? new NotNeeded("always") : new NotSupported(TRUST);
            case "x-request-id" ->
                value.equals("$request_id") || value.equals("$http_x_request_id")
                        ? new NotNeeded("always: a request has a name, the client's or a new one")
                        : new NotSupported("a request's name is the client's or a new one");
            case "proxy" -> new NotNeeded("a client's field of this name always ends here");
            case "x-forwarded-ssl",
                    "x-forwarded-scheme",
                    "x-forwarded-server",
                    "x-forwarded-uri",
                    "x-forwarded-by",
                    "x-scheme",
                    "x-url-scheme",
                    "x-nginx-proxy",
                    "x-original-uri",
                    "x-client-verify",
                    "x-host",
                    "remote-host",
                    "front-end-https",
                    "early-data" -> new NotNeeded("Plane does not read it");
            default -> other(name, value);
        };
    }

    private static Verdict proto(String value, Block block) {
        if (value.equals("$scheme")) {
            return new NotNeeded("always");
        }
        boolean isOfTls = value.equals("https")
                && Listens.of(block).stream().allMatch(listen -> listen.security() == Listen.Security.TLS);
        return isOfTls ? new NotNeeded("always") : new NotSupported(TRUST);
    }

    private static Verdict other(String name, String value) {
        String itself = "$http_" + name.toLowerCase(Locale.ROOT).replace('-', '_');
        return value.equals(itself)
                ? new NotNeeded("fields of the request are passed on as they are")
                : new NotSupported(
                        "fields of the request are passed on as they are, and none is added but those of the README");
    }

    private static List<String> servedNames(Block block) {
        return block.nearest("server_name").map(Directive::arguments).orElse(List.of());
    }

    private static Verdict toBrowser(Directive directive, Block block) {
        if (directive.arguments().size() < 2) {
            return new NotSupported("expected a name and a value");
        }
        String value = directive.arguments().get(1);
        return switch (directive.arguments().getFirst().toLowerCase(Locale.ROOT)) {
            case "strict-transport-security" -> hsts(value);
            case "x-content-type-options" -> Rules.to(Value.ofWhole("security-headers.content-type-options", "on"));
            case "x-frame-options" ->
                Rules.to(Value.ofWhole("security-headers.frame-options", value.toUpperCase(Locale.ROOT)));
            case "referrer-policy" -> Rules.to(Value.ofWhole("security-headers.referrer-policy", Value.quoted(value)));
            case "x-xss-protection" -> new NotNeeded("no browser reads it any more");
            case "alt-svc" -> new NotNeeded("it would announce HTTP/3, which is not spoken here");
            default ->
                new NotSupported(
                        "only hsts and the other keys of security-headers add fields to replies of the upstream");
        };
    }

    private static Verdict hsts(String value) {
        Matcher age = MAX_AGE.matcher(value);
        if (!age.matches()) {
            return new NotSupported("a max-age is expected");
        }
        Duration life = Duration.ofSeconds(Long.parseLong(age.group(1)));
        String key = "security-headers.hsts";
        if (life.isZero()) {
            return Rules.to(Value.ofWhole(key, "off"));
        }
        Duration year = Duration.ofDays(365);
        Value given = Value.ofWhole(key, Measures.text(life.compareTo(year) > 0 ? year : life));
        Optional<String> lost = value.matches("(?i).*(includeSubDomains|preload).*")
                ? Optional.of("it is said of this name alone, without includeSubDomains and preload")
                : life.compareTo(year) > 0 ? Optional.of("a year is the longest") : Optional.empty();
        return lost.<Verdict>map(why -> new Verdict.Partly(List.of(given), given.assignment(), why))
                .orElseGet(() -> Rules.to(given));
    }
}
