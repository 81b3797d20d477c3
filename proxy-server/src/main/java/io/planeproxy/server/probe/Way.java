package io.planeproxy.server.probe;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * How to reach somebody who answers: where to connect, and what to say there.
 *
 * @param words how an operator would call it, such as {@code through this proxy}
 * @param host what Host says, with a port where it is not the scheme's own
 * @param serverName the name that a TLS handshake asks for; nothing where the host is an address
 */
public record Way(
        String words, InetSocketAddress address, Security security, String host, Optional<String> serverName) {

    /** What the connection speaks under HTTP. */
    public enum Security {
        PLAIN,
        TLS
    }

    /** With the name in the handshake that the host says. */
    public static Way to(String words, InetSocketAddress address, Security security, String host) {
        String name = host.replaceFirst(":\\d+$", "");
        boolean isAddress = name.startsWith("[") || name.matches("[0-9.]+");
        return new Way(words, address, security, host, isAddress ? Optional.empty() : Optional.of(name));
    }

    /** As a browser would write it. */
    public String url(String path) {
        return (security == Security.TLS ? "https://" : "http://") + host + path;
    }
}
