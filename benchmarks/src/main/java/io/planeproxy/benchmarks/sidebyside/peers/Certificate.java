package io.planeproxy.benchmarks.sidebyside.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The one certificate that every proxy shows: ECDSA P-256, as Let's Encrypt issues them.
 *
 * @param both chain and key in one file, as HAProxy wants them
 */
public record Certificate(Path chain, Path key, Path both) {
    public static final String KIND = "ECDSA P-256";

    public static Certificate madeIn(Path folder) {
        Path chain = folder.resolve("certificate.pem");
        Path key = folder.resolve("key.pem");
        Path both = folder.resolve("both.pem");
        Command.run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "30",
                "-subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=DNS:localhost",
                "-keyout",
                key.toString(),
                "-out",
                chain.toString());
        try {
            Files.writeString(both, Files.readString(chain) + Files.readString(key));
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        return new Certificate(chain, key, both);
    }
}
