/**
 * How a process takes the place of the one that serves, without a refused connection: it is handed the listening sockets over the
 * admin socket, accepts from the same queues, and then tells the other to go.
 *
 * <p>Knows the admin endpoint's client and, of its pages, those that are for this.
 */
@NullMarked
package io.planeproxy.server.handover;

import org.jspecify.annotations.NullMarked;
