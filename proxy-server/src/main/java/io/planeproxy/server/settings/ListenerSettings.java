package io.planeproxy.server.settings;

/** A socket that waits for clients, and what it does with them. */
public sealed interface ListenerSettings {

    /** What a listener has whatever it does. */
    Entrance entrance();

    /** Where it waits, with the place of its port in the configuration. */
    default Located<ListenAddress> address() {
        return entrance().address();
    }

    /**
     * Where clients come in, and which.
     *
     * @param access whom it serves
     * @param proxyProtocol whether connections begin with a header of that protocol
     */
    record Entrance(Located<ListenAddress> address, Access access, ProxyProtocol proxyProtocol) {}

    /** Serves http. */
    record Plain(Entrance entrance) implements ListenerSettings {}

    /** Serves https. */
    record Secure(Entrance entrance, TlsSettings tls) implements ListenerSettings {}

    /**
     * Answers every request with a redirect to https.
     *
     * @param httpsPort the port as clients see it; 443 is left out of the address
     */
    record RedirectToHttps(Entrance entrance, Port httpsPort) implements ListenerSettings {}
}
