package io.planeproxy.tls;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Whatever a certificate file holds, it is an identity or told what is wrong with it. */
final class ServerIdentityFuzzTest {
    @FuzzTest
    void anyFileIsAnIdentityOrToldWhatIsWrong(byte[] bytes) throws IOException {
        Path file = Files.createTempFile("fuzz", ".pem");
        try {
            Files.write(file, bytes);
            Loaded<ServerIdentity> loaded = ServerIdentity.load(PemFiles.of(file, file), Instant.EPOCH);
            if (loaded instanceof Loaded.Rejected<ServerIdentity>(var problems)) {
                assertFalse(problems.isEmpty(), "rejected without a reason");
            }
        } finally {
            Files.delete(file);
        }
    }
}
