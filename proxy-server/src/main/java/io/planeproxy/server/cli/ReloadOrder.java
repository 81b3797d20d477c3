package io.planeproxy.server.cli;

import io.planeproxy.server.settings.Place;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which of the proxies on this machine is meant.
 *
 * @param admin its socket, where the command line names it
 * @param said what the configuration says of it otherwise
 */
public record ReloadOrder(Optional<Path> admin, Place said) {}
