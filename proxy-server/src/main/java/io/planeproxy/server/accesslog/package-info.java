/**
 * What is written about exchanges, tunnels and refusals: the access log, and upstreams that give no answer and
 * faults in the log of the program. No line shows
 * a secret: there is no value in {@link io.planeproxy.server.accesslog.Values} that holds a cookie, a token or a query.
 *
 * <p>Knows the records of the engine, the format that the settings ask for, and SLF4J. Does not know where the lines end up.
 */
@NullMarked
package io.planeproxy.server.accesslog;

import org.jspecify.annotations.NullMarked;
