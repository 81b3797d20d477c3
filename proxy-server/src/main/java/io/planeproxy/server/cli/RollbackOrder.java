package io.planeproxy.server.cli;

import io.planeproxy.server.settings.Place;

/**
 * Which configuration is to be in service again.
 *
 * @param number as {@code plane-proxy history} counts
 * @param folder where the configuration says that the history is
 * @param proxy which of the proxies on this machine is meant
 */
public record RollbackOrder(int number, Place folder, ReloadOrder proxy) {}
