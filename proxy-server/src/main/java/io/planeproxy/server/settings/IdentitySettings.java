package io.planeproxy.server.settings;

import java.nio.file.Path;

/**
 * A certificate and its private key, as files that were not opened yet.
 *
 * @param certificate PEM, the server's certificate first and then its chain
 * @param key PEM
 */
public record IdentitySettings(Located<Path> certificate, Located<Path> key, Passphrase passphrase) {}
