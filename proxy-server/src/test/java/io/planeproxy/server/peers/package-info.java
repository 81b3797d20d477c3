/**
 * The proxy between real peers: Plane's own packages on Node, a real browser, nginx.
 *
 * <p>What a machine lacks is a skipped test there, and a failed one where {@code CI=true} or
 * {@code PLANE_PROXY_TEST_TOOLS=required}.
 */
@NullMarked
package io.planeproxy.server.peers;

import org.jspecify.annotations.NullMarked;
