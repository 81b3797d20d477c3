/**
 * nginx's configuration, as far as it is about a site in front of Plane: read by a parser of its whole syntax, judged directive by
 * directive, and turned into a configuration of this proxy.
 *
 * <p>{@link io.planeproxy.server.nginx.NginxImport} goes through it: {@code Source} reads, {@code Judgement} asks the table what a
 * directive means where it stands, {@code Site} decides what each block amounts to, {@code Settlement} says the last word on each
 * directive, {@code Doors} and {@code Draft} write.
 *
 * <p>Knows the settings, which are asked whether they take each value. Knows nothing of the engine, of TLS or of the command line;
 * opens the files of nginx and no other.
 */
@NullMarked
package io.planeproxy.server.nginx;

import org.jspecify.annotations.NullMarked;
