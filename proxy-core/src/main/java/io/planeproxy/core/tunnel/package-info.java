/**
 * What is left when both sides have switched protocols: bytes, both ways, with back-pressure and half-close.
 *
 * <p>Knows two connections. Does not know HTTP.
 */
@NullMarked
package io.planeproxy.core.tunnel;

import org.jspecify.annotations.NullMarked;
