package io.planeproxy.core.route;

import io.planeproxy.core.http.Authority;
import io.planeproxy.core.http.RequestHead;
import io.planeproxy.core.http.Scheme;

/**
 * Sends every request to the same place over https: 301 for GET and HEAD, 308 for the rest so that the method and body
 * are kept (RFC 9110 §15.4.9).
 *
 * @param port the port of the https listener as clients see it, 1 to 65535
 * @param fallbackHost the host for a request of HTTP/1.0 that names none
 */
public record HttpsRedirect(int port, String fallbackHost) implements Router {
    private static final int MOVED_PERMANENTLY = 301;
    private static final int PERMANENT_REDIRECT = 308;

    @Override
    public Decision decide(RequestHead head) {
        String host = head.authority().map(Authority::host).orElse(fallbackHost);
        String port = this.port == Scheme.HTTPS.defaultPort() ? "" : ":" + this.port;
        String path = head.target().raw().equals("*") ? "/" : head.target().raw();
        int status = switch (head.method().name()) {
            case "GET", "HEAD" -> MOVED_PERMANENTLY;
            default -> PERMANENT_REDIRECT;
        };
        return new Decision.Redirect(status, "https://" + host + port + path);
    }
}
