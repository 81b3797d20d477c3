/**
 * What has just happened, for whoever looks at a page: how WebSockets ended, what failed and why, how the upstreams are. Only the
 * last of each kind is kept, so that peers can not make it grow.
 *
 * <p>Knows the records of the engine. Does not know how they are shown. Told on event loops: it neither waits nor reads a disk.
 */
@NullMarked
package io.planeproxy.server.recent;

import org.jspecify.annotations.NullMarked;
