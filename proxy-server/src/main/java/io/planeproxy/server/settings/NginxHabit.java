package io.planeproxy.server.settings;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What people write here who come from nginx, and what to write in its place. */
final class NginxHabit {
    private static final Pattern DIRECTIVE =
            Pattern.compile("(?m)^[ \\t]*([a-z][a-z0-9_]*)[ \\t][^;={}\\n]*;[ \\t\\r]*(#.*)?$");

    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("proxy_pass", "upstream"),
            Map.entry("client_max_body_size", "max-body"),
            Map.entry("server", "listeners"),
            Map.entry("server_name", "not needed, since every name is served"),
            Map.entry("listen", "port, and address beside it"),
            Map.entry("ssl", "tls { certificate = …, key = … }"),
            Map.entry("ssl_certificate", "certificate in tls { … }"),
            Map.entry("ssl_certificate_key", "key in tls { … }"),
            Map.entry("ssl_password_file", "passphrase-file in tls { … }"),
            Map.entry("location", "routes"),
            Map.entry("proxy_read_timeout", "timeouts.reply"),
            Map.entry("proxy_send_timeout", "timeouts.reply"),
            Map.entry("proxy_connect_timeout", "timeouts.connect"),
            Map.entry("client_header_timeout", "timeouts.head"),
            Map.entry("client_body_timeout", "timeouts.body-idle"),
            Map.entry("send_timeout", "timeouts.write-stall"),
            Map.entry("keepalive_timeout", "timeouts.keep-alive"),
            Map.entry("set_real_ip_from", "trusted-proxies"),
            Map.entry("log_format", "access-log.format"),
            Map.entry("access_log", "access-log.format"));

    private NginxHabit() {}

    /** The first line that is a directive of nginx. Its arguments are not shown: who mixes the two may have a secret there. */
    static Optional<Slip> directive(String text) {
        Matcher directive = DIRECTIVE.matcher(text);
        if (!directive.find()) {
            return Optional.empty();
        }
        return Optional.of(new Slip(
                Slip.lineOf(directive.start(1), text),
                "\"" + directive.group(1) + " …;\" is a line of nginx's configuration",
                "write key = value, or have the whole file turned into ours with: plane-proxy import-nginx FILE"));
    }

    /** What a key of nginx is here. */
    static Optional<String> nameHere(String key) {
        return Optional.ofNullable(NAMES.get(key.replace('-', '_')));
    }
}
