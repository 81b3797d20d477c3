package io.planeproxy.server.peers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A certificate for {@code localhost} that signs itself, and its key, both as PEM files. */
record SelfSigned(Path certificate, Path key) {
    static SelfSigned in(Path folder) throws IOException, InterruptedException {
        SelfSigned pair = new SelfSigned(folder.resolve("certificate.pem"), folder.resolve("key.pem"));
        Process openssl = new ProcessBuilder(
                        Tool.OPENSSL.path().toString(), "req", "-x509", "-nodes", "-days", "2",
                        "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                        "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
                        "-out", pair.certificate.toString(), "-keyout", pair.key.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (openssl.waitFor() != 0) {
            throw new AssertionError("openssl made no certificate: " + said);
        }
        return pair;
    }
}
