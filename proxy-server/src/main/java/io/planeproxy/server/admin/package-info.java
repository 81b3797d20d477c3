/**
 * Where the operator asks and orders: HTTP/1.1 on a Unix socket that only the owner of the process may use, and where it is asked
 * for on a port of the loopback address, to read only.
 *
 * <p>A page is one class, an {@link io.planeproxy.server.admin.AdminPage}; whoever opens the endpoint lists them in
 * {@link io.planeproxy.server.admin.AdminPages}. Knows Netty, and which part of the settings says where; does not know what the
 * pages tell or do. Runs on a thread of its own, apart from what serves clients.
 */
@NullMarked
package io.planeproxy.server.admin;

import org.jspecify.annotations.NullMarked;
