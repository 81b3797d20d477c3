/**
 * Asks from outside, as a client does: connections, replies and WebSockets in their raw form, so that what was seen can be told.
 *
 * <p>Knows the JDK's sockets and TLS, and HTTP/1.1 and RFC 6455 as far as a client needs them. Shares no code with the engine, which is
 * among what it asks. Blocks; meant for virtual threads.
 */
@NullMarked
package io.planeproxy.server.probe;

import org.jspecify.annotations.NullMarked;
