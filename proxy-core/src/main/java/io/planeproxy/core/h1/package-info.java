/**
 * HTTP/1.1 on the wire (RFC 9112): framing and keep-alive live here and nowhere else.
 *
 * <p>Knows bytes and connections. Does not know routes, pools, or what an exchange is about.
 */
@NullMarked
package io.planeproxy.core.h1;

import org.jspecify.annotations.NullMarked;
