package io.planeproxy.server.settings;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address of an upstream: {@code http://host:port} or {@code https://host:port}. The port may be left out (80 or 443); a path
 * may not follow, because requests are passed on with the path that the client sent.
 *
 * @param host a name, or an IP address; IPv6 without brackets
 */
public record UpstreamUrl(Scheme scheme, String host, Port port) {

    /** How to speak to the upstream. */
    public enum Scheme {
        HTTP,
        HTTPS
    }

    private static final Pattern SHAPE = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)(.*)", Pattern.DOTALL);
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[^\\]]*\\]|[^:@]*)(?::(.*))?", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile(
            "(?=.{1,253}\\.?$)[A-Za-z0-9_]([A-Za-z0-9_-]{0,62})(\\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,62}))*\\.?");
    private static final Pattern ONLY_DIGITS_AND_DOTS = Pattern.compile("[0-9.]+");
    private static final String EXPECTED = "http://host:port or https://host:port";
    private static final String EXAMPLE = "write for example \"http://10.0.0.5:8080\"";

    static UpstreamUrl parse(String text) throws Unreadable {
        Matcher shape = SHAPE.matcher(text.strip());
        if (!shape.matches()) {
            throw new Unreadable(EXPECTED, EXAMPLE);
        }
        Scheme scheme = scheme(shape.group(1));
        String rest = shape.group(3);
        if (!rest.isEmpty() && !rest.equals("/")) {
            throw new Unreadable(
                    EXPECTED + " without a path",
                    "leave out \"" + rest + "\": requests keep the path that the client sent");
        }
        Matcher authority = AUTHORITY.matcher(shape.group(2));
        if (shape.group(2).contains("@") || !authority.matches()) {
            throw new Unreadable(EXPECTED, EXAMPLE + "; IPv6 stands in brackets, and a user name is not supported");
        }
        return new UpstreamUrl(scheme, host(authority.group(1)), port(scheme, authority.group(2)));
    }

    private static Scheme scheme(String text) throws Unreadable {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "http" -> Scheme.HTTP;
            case "https" -> Scheme.HTTPS;
            case "ws", "wss" ->
                throw new Unreadable(EXPECTED, "WebSockets reach the upstream through the same http address");
            default -> throw new Unreadable(EXPECTED, EXAMPLE);
        };
    }

    private static String host(String text) throws Unreadable {
        boolean bracketed = text.startsWith("[");
        boolean good = bracketed || ONLY_DIGITS_AND_DOTS.matcher(text).matches()
                ? IpLiteral.of(text).isPresent()
                : NAME.matcher(text).matches();
        if (!good) {
            throw new Unreadable("the name or the IP address of the upstream after ://", EXAMPLE);
        }
        return bracketed ? text.substring(1, text.length() - 1) : text;
    }

    private static Port port(Scheme scheme, @Nullable String text) throws Unreadable {
        return text == null ? standardPort(scheme) : Port.parse(text);
    }

    private static Port standardPort(Scheme scheme) {
        return switch (scheme) {
            case HTTP -> Port.HTTP;
            case HTTPS -> Port.HTTPS;
        };
    }

    /** The whole address with its port: {@code http://10.0.0.5:8080}, {@code https://[::1]:443}. */
    @Override
    public String toString() {
        String written = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return scheme.name().toLowerCase(Locale.ROOT) + "://" + written + ":" + port;
    }
}
