/**
 * A raw client and a scripted upstream for tests that speak to a proxy over real sockets.
 *
 * <p>Knows bytes, HTTP/1.1 framing as strictly as RFC 9112 has it, and the loopback; knows nothing of the engine. It shares no code with
 * what it tests, so that a fault in the one cannot hide a fault in the other. Every wait ends after {@link
 * io.planeproxy.core.kit.Patience#LIMIT} with an {@link java.lang.AssertionError} that shows what had arrived until then.
 */
@NullMarked
package io.planeproxy.core.kit;

import org.jspecify.annotations.NullMarked;
