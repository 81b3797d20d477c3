package io.planeproxy.server.nginx;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A return or a rewrite that sends a client to the same place over https.
 *
 * @param port of https as clients see it
 */
record HttpsRedirect(int port) {
    private static final Pattern WHOLE_ADDRESS = Pattern.compile(
            "https://(\\$\\w+|\\$\\{\\w+}|[\\w.-]+)(?::(\\d{1,5}))?(/?\\$request_uri|\\$uri\\$is_args\\$args)");
    private static final Pattern CAPTURED =
            Pattern.compile("https://(\\$\\w+|[\\w.-]+)(?::(\\d{1,5}))?/?(\\$1|\\$request_uri\\??)");
    private static final Set<String> EVERYTHING =
            Set.of("^", "^/", "^/?(.*)$", "^/(.*)$", "^(.*)$", "^(.*)", "^/(.*)", "^/.*$", ".*", "(.*)");
    private static final Set<String> HOST_ASKED_FOR = Set.of("$host", "${host}", "$http_host", "$server_name");
    private static final Set<String> PLAIN_ASKED_FOR = Set.of(
            "($scheme = http)",
            "($scheme != https)",
            "($https = )",
            "($https != on)",
            "($https = off)",
            "($server_port = 80)",
            "($ssl_protocol = )");
    private static final Pattern ONE_NAME = Pattern.compile("\\(\\$(http_)?host ~?\\*?= ?[\\w.^$\\\\*-]+\\)");
    private static final int HTTPS = 443;

    /** Where a directive is one. */
    static Optional<HttpsRedirect> of(Directive directive, Block block) {
        List<String> words = directive.arguments();
        return switch (directive.name()) {
            case "return" ->
                words.size() == 2 && words.getFirst().matches("30[1278]")
                        ? toSameHost(WHOLE_ADDRESS.matcher(words.getLast()), block)
                        : Optional.empty();
            case "rewrite" ->
                words.size() >= 2 && EVERYTHING.contains(words.getFirst())
                        ? toSameHost(CAPTURED.matcher(words.get(1)), block)
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<HttpsRedirect> toSameHost(Matcher address, Block block) {
        if (!address.matches()) {
            return Optional.empty();
        }
        String host = address.group(1);
        boolean isSame = HOST_ASKED_FOR.contains(host)
                || block.nearest("server_name")
                        .filter(names -> names.arguments().contains(host))
                        .isPresent();
        int port = Optional.ofNullable(address.group(2)).map(Integer::parseInt).orElse(HTTPS);
        return isSame && port > 0 && port <= 65_535 ? Optional.of(new HttpsRedirect(port)) : Optional.empty();
    }

    /** That of a block in which clients can meet nothing else: a server, a location for everything, or a condition. */
    static Optional<HttpsRedirect> first(Block block) {
        return block.directives().stream()
                .flatMap(directive -> of(directive, block).stream())
                .findFirst();
    }

    /** Whether an if asks for plain http, or for the name that a server for plain http has anyway, and then redirects. */
    static boolean isCondition(Block condition) {
        String asked = condition
                .opening()
                .map(directive -> directive
                        .value()
                        .replaceAll("\\s+", " ")
                        .replaceAll("^\\( ", "(")
                        .replaceAll(" \\)$", ")"))
                .orElse("");
        boolean isMet = condition
                .outer()
                .filter(outer -> outer.kind() == Block.Kind.SERVER || Location.isForEverything(outer))
                .isPresent();
        boolean isOfPlainServer =
                Listens.of(condition).stream().allMatch(listen -> listen.security() == Listen.Security.PLAIN);
        return isMet
                && first(condition).isPresent()
                && (PLAIN_ASKED_FOR.contains(asked)
                        || (isOfPlainServer && ONE_NAME.matcher(asked).matches()));
    }
}
