package io.planeproxy.server;

import io.planeproxy.tls.PemFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder with the configuration file of a program that answers questions: one upstream, http and https, and an admin port. */
public record AskedFolder(Path path) {

    Path file() {
        return path.resolve("plane-proxy.conf");
    }

    /** @param more lines of the configuration */
    public Path write(int upstream, String more) throws IOException {
        PemFiles identity = TestIdentity.in(path);
        return Files.writeString(file(), """
                plane-proxy {
                upstream = "http://127.0.0.1:%d"
                listeners = [
                  { address = "127.0.0.1", port = 0 }
                  { address = "127.0.0.1", port = 0, tls { certificate = "%s", key = "%s" } }
                ]
                admin { socket = off, listen = "127.0.0.1:0" }
                %s
                }
                """.formatted(upstream, identity.certificate(), identity.key(), more));
    }
}
