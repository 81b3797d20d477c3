package io.planeproxy.server.settings;

/** A socket that waits for clients, and what it does with them. */
public sealed interface ListenerSettings {

    /** Where it waits, with the place of its port in the configuration. */
    Located<ListenAddress> address();

    /** Serves http. */
    record Plain(Located<ListenAddress> address) implements ListenerSettings {}

    /** Serves https. */
    record Secure(Located<ListenAddress> address, TlsSettings tls) implements ListenerSettings {}

    /**
     * Answers every request with a redirect to https.
     *
     * @param httpsPort the port as clients see it; 443 is left out of the address
     */
    record RedirectToHttps(Located<ListenAddress> address, Port httpsPort) implements ListenerSettings {}
}
