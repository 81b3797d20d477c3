/**
 * What is written about exchanges, tunnels and refusals: the access log, and faults in the log of the program.
 *
 * <p>Knows the records of the engine and SLF4J. Does not know settings, or where the lines end up.
 */
@NullMarked
package io.planeproxy.server.accesslog;

import org.jspecify.annotations.NullMarked;
