/**
 * Which way a request goes. {@link io.planeproxy.core.route.RouteTable} always has an answer, since it cannot be made
 * without a default.
 *
 * <p>Knows messages. Does not know connections or what becomes of the request on its way.
 */
@NullMarked
package io.planeproxy.core.route;

import org.jspecify.annotations.NullMarked;
