/**
 * What the engine does on real sockets, told as sentences: a raw client on the one side, a scripted upstream on the other.
 *
 * <p>Knows the engine only through {@link io.planeproxy.core.kit.ProxyUnderTest}, which {@link io.planeproxy.core.socket.Proxies} makes.
 */
@NullMarked
package io.planeproxy.core.socket;

import org.jspecify.annotations.NullMarked;
