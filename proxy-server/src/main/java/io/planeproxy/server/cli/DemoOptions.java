package io.planeproxy.server.cli;

import io.planeproxy.server.settings.Port;

/**
 * What the demo can be told.
 *
 * @param port of the loopback address, for https
 */
public record DemoOptions(Port port) {}
