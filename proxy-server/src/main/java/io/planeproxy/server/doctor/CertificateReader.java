package io.planeproxy.server.doctor;

import io.planeproxy.server.settings.IdentitySettings;
import io.planeproxy.server.settings.Problem;
import io.planeproxy.tls.ServerIdentity;
import java.time.Instant;
import java.util.List;

/** Reads certificates and keys as the proxy does when it starts. */
@FunctionalInterface
public interface CertificateReader {
    Read read(IdentitySettings identity, Instant now);

    /** What became of the files of one identity. */
    sealed interface Read {

        /** @param hints what works but is worth a look */
        record Proven(ServerIdentity identity, List<Problem> hints) implements Read {}

        /** @param problems at least one */
        record Faulty(List<Problem> problems) implements Read {}
    }
}
