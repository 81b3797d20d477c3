package io.planeproxy.server.doctor;

import io.planeproxy.server.probe.Way.Security;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * Where browsers find Plane.
 *
 * @param host in lower case; IPv6 in brackets
 */
public record PublicAddress(Security security, String host, int port) {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int HIGHEST = 65_535;

    /** Nothing where the text is no address of http or https. A path does not matter. */
    public static Optional<PublicAddress> parse(String text) {
        try {
            URI uri = new URI(text.strip());
            String host = uri.getHost();
            String scheme = uri.getScheme();
            if (host == null || scheme == null || uri.getPort() > HIGHEST || uri.getPort() == 0) {
                return Optional.empty();
            }
            return switch (scheme.toLowerCase(Locale.ROOT)) {
                case "http" -> Optional.of(of(Security.PLAIN, host, uri.getPort() < 0 ? HTTP : uri.getPort()));
                case "https" -> Optional.of(of(Security.TLS, host, uri.getPort() < 0 ? HTTPS : uri.getPort()));
                default -> Optional.empty();
            };
        } catch (URISyntaxException noAddress) {
            return Optional.empty();
        }
    }

    static PublicAddress of(Security security, String host, int port) {
        return new PublicAddress(security, host.toLowerCase(Locale.ROOT), port);
    }

    /** What Host says: with the port where it is not the scheme's own. */
    String authority() {
        return port == standardPort() ? host : host + ":" + port;
    }

    private int standardPort() {
        return switch (security) {
            case PLAIN -> HTTP;
            case TLS -> HTTPS;
        };
    }

    @Override
    public String toString() {
        return (security == Security.TLS ? "https://" : "http://") + authority();
    }
}
