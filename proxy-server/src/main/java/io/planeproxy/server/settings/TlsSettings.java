package io.planeproxy.server.settings;

import java.util.List;

/**
 * The identities of a TLS listener.
 *
 * @param standard for clients that ask for no name, or for one that no certificate has
 * @param byName further ones, each for the names that its certificate holds (SNI, RFC 6066 section 3)
 */
public record TlsSettings(IdentitySettings standard, List<IdentitySettings> byName) {
    public TlsSettings {
        byName = List.copyOf(byName);
    }
}
