package io.planeproxy.core.forward;

import io.planeproxy.core.http.Authority;
import io.planeproxy.core.http.RequestHead;
import java.util.Locale;
import java.util.Optional;

/**
 * Turns a redirect to the upstream's own address, which no browser can reach, into one to the same path here; what
 * nginx does with {@code proxy_redirect default}. Also for an upstream that puts its own port behind the host that was
 * asked for, as Plane's web and admin do.
 */
public final class LocationRewrite {
    /** Leaves every Location as it is. */
    public static final LocationRewrite NONE = new LocationRewrite("", Optional.empty());

    private final String upstreamAuthority;
    private final Optional<String> leakedAuthority;

    private LocationRewrite(String upstreamAuthority, Optional<String> leakedAuthority) {
        this.upstreamAuthority = upstreamAuthority;
        this.leakedAuthority = leakedAuthority;
    }

    /**
     * @param upstreamAuthority host and port of the upstream as they stand in its URL
     * @param upstreamPort 1 to 65535
     */
    public static LocationRewrite of(RequestHead head, String upstreamAuthority, int upstreamPort) {
        Optional<String> leaked = head.authority()
                .filter(host -> host.port().isEmpty() || host.port().getAsInt() != upstreamPort)
                .map(Authority::host)
                .map(host -> host.toLowerCase(Locale.ROOT) + ":" + upstreamPort);
        return new LocationRewrite(upstreamAuthority.toLowerCase(Locale.ROOT), leaked);
    }

    String apply(String location) {
        int start = location.startsWith("http://") ? 7 : location.startsWith("https://") ? 8 : -1;
        if (start < 0 || upstreamAuthority.isEmpty()) {
            return location;
        }
        int end = start;
        while (end < location.length() && "/?#".indexOf(location.charAt(end)) < 0) {
            end++;
        }
        String authority = location.substring(start, end).toLowerCase(Locale.ROOT);
        if (!authority.equals(upstreamAuthority)
                && !leakedAuthority.filter(authority::equals).isPresent()) {
            return location;
        }
        String path = location.substring(end);
        return namesAnotherHost(path) ? location : path.startsWith("/") ? path : "/" + path;
    }

    /** Two slashes begin a host; browsers take a backslash for a slash and drop tabs (WHATWG URL §4.4). */
    private static boolean namesAnotherHost(String path) {
        return path.length() > 1 && path.charAt(0) == '/' && "/\\\t".indexOf(path.charAt(1)) >= 0;
    }
}
