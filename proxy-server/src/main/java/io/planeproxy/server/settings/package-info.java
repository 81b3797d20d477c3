/**
 * The configuration, from text to typed records in one pass that reports every {@link io.planeproxy.server.settings.Problem} at once.
 *
 * <p>{@link io.planeproxy.server.settings.SettingsReader} is the only way to {@link io.planeproxy.server.settings.Settings}.
 * Options of the command line come before environment variables, those before the file, and that before the built-in
 * {@code plane-proxy-reference.conf}, which holds every default.
 *
 * <p>Knows Typesafe Config, and of Netty how an IP address is written. Does not know the engine, TLS, or what a named file holds; opens only the configuration
 * file itself and resolves no host name.
 */
@NullMarked
package io.planeproxy.server.settings;

import org.jspecify.annotations.NullMarked;
