package io.planeproxy.server.settings;

import java.nio.file.Path;

/** What opens an encrypted private key. */
public sealed interface Passphrase {

    /** The key is not encrypted. */
    record None() implements Passphrase {}

    /** Stands in the configuration. */
    record Given(Located<Secret> secret) implements Passphrase {}

    /** The first line of a file. */
    record InFile(Located<Path> file) implements Passphrase {}
}
