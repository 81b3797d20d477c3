package io.planeproxy.server;

import io.planeproxy.tls.PemFiles;
import io.planeproxy.tls.SelfSigned;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A certificate for {@code localhost}, {@code plane.example} and {@code 127.0.0.1} that signs itself. */
public final class TestIdentity {
    private TestIdentity() {}

    public static PemFiles in(Path folder) {
        List<InetAddress> addresses = List.of(InetAddress.ofLiteral("127.0.0.1"));
        SelfSigned made =
                SelfSigned.of(List.of("localhost", "plane.example"), addresses, Instant.now(), Duration.ofDays(2));
        try {
            return made.writeTo(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
