/**
 * Whether a proxy that runs on this machine answers, asked from outside of its process, as a supervisor of containers asks.
 *
 * <p>Knows the listeners of the settings and plain sockets. Does not know the engine.
 */
@NullMarked
package io.planeproxy.server.health;

import org.jspecify.annotations.NullMarked;
