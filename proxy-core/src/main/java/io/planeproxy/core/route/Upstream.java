package io.planeproxy.core.route;

import io.planeproxy.core.http.Scheme;

/**
 * Where requests go: a name or address that is resolved anew for new connections.
 *
 * @param scheme how to speak to it
 * @param host a host name or an IP address without brackets
 * @param port 1 to 65535
 */
public record Upstream(Scheme scheme, String host, int port) {
    public Upstream {
        if (host.isEmpty() || port < 1 || port > 65535) {
            throw new IllegalArgumentException(
                    "\"" + host + ":" + port + "\" is not an upstream: expected a host and a port from 1 to 65535");
        }
    }

    /** Host and port as they stand in a URL, the default port left out. */
    public String authority() {
        String bracketed = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return port == scheme.defaultPort() ? bracketed : bracketed + ":" + port;
    }

    /** As the operator wrote it. */
    @Override
    public String toString() {
        return scheme.text() + "://" + authority();
    }
}
