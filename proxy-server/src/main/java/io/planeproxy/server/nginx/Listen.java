package io.planeproxy.server.nginx;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a server waits for clients.
 *
 * @param address as this proxy writes it; {@code *} is every address, IPv4 and IPv6
 */
record Listen(Directive directive, String address, int port, Security security, Header header) {
    private static final Pattern ADDRESS = Pattern.compile("(?:(\\[[^]]*]|[^:\\[\\]]*):)?(\\d{1,5})");
    private static final Pattern ADDRESS_ALONE = Pattern.compile("(\\[[^]]*]|[0-9.]+|\\*|localhost)");
    private static final Set<String> EVERY = Set.of("", "*", "0.0.0.0", "[::]", "[::0]");

    enum Security {
        PLAIN,
        TLS
    }

    /** Whether connections begin with a header of the PROXY protocol. */
    enum Header {
        NONE,
        PROXY
    }

    /** Nothing where it is no address of the Internet. */
    static Optional<Listen> of(Directive directive, Block server) {
        List<String> words = directive.arguments();
        String where = directive.first().orElse("");
        Matcher address = ADDRESS.matcher(where);
        String host;
        int port;
        if (address.matches()) {
            host = Optional.ofNullable(address.group(1)).orElse("");
            port = Integer.parseInt(address.group(2));
        } else if (ADDRESS_ALONE.matcher(where).matches()) {
            host = where;
            port = 80;
        } else {
            return Optional.empty();
        }
        boolean isTls = words.contains("ssl")
                || server.nearest("ssl").filter(ssl -> ssl.is("ssl", "on")).isPresent();
        Listen listen = new Listen(
                directive,
                EVERY.contains(host) ? "*" : host,
                port,
                isTls ? Security.TLS : Security.PLAIN,
                words.contains("proxy_protocol") ? Header.PROXY : Header.NONE);
        return Optional.of(listen).filter(Listen::isTaken);
    }

    private boolean isTaken() {
        return port > 0
                && Value.problem("upstream = \"http://plane\", listeners = [ { " + place() + " } ]")
                        .isEmpty();
    }

    /** The two keys of a listener that say where it is. */
    String place() {
        return (address.equals("*") ? "" : "address = " + Value.quoted(address) + ", ") + "port = " + port;
    }

    /** For HTTP/3, over UDP. */
    static boolean isQuic(Directive directive) {
        return directive.arguments().contains("quic");
    }
}
