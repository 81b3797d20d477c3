/**
 * The stand-in for Plane that {@code plane-proxy demo} puts behind the proxy.
 *
 * <p>Knows: Netty's own HTTP and WebSocket codecs, and how Plane's collaboration server answers at {@code /live}.
 * Does not know: the proxy, its settings or its engine. It is an upstream like any other, reached over a socket.
 */
@NullMarked
package io.planeproxy.server.demo;

import org.jspecify.annotations.NullMarked;
