package io.planeproxy.core.forward;

import io.planeproxy.core.http.Scheme;
import java.net.InetAddress;

/**
 * What is known of a connection from the connection itself, and not from what its client says.
 *
 * @param peer the address at the other end
 * @param peerText the same as it is written into fields and logs, without a zone
 * @param scheme how it came in
 * @param port the local port it came in on, 1 to 65535
 * @param trust whether the peer is one of the trusted proxies
 */
public record ClientFacts(InetAddress peer, String peerText, Scheme scheme, int port, Trust trust) {

    /** Whether what the peer says about the client counts. */
    public enum Trust {
        EDGE,
        BEHIND_TRUSTED_PROXY
    }

    public static ClientFacts of(InetAddress peer, Scheme scheme, int port, TrustedProxies trusted) {
        String text = peer.getHostAddress();
        int zone = text.indexOf('%');
        return new ClientFacts(
                peer,
                zone < 0 ? text : text.substring(0, zone),
                scheme,
                port,
                trusted.trust(peer) ? Trust.BEHIND_TRUSTED_PROXY : Trust.EDGE);
    }
}
