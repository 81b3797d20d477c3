package io.planeproxy.server.doctor;

import io.planeproxy.server.settings.IdentitySettings;
import io.planeproxy.server.settings.TlsSettings;
import java.util.stream.Stream;

/** The identities of a listener: the one for everybody, and those by name. */
final class Identities {
    private Identities() {}

    static Stream<IdentitySettings> of(TlsSettings tls) {
        return Stream.concat(Stream.of(tls.standard()), tls.byName().stream());
    }
}
