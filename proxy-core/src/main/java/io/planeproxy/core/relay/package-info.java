/**
 * The shell around an exchange: the ports that a client's and an upstream's side of any HTTP version implement, the
 * driver that does what the state machine says, and the one place where back-pressure is made.
 *
 * <p>Knows buffers and event loops. Does not know how HTTP looks on the wire.
 */
@NullMarked
package io.planeproxy.core.relay;

import org.jspecify.annotations.NullMarked;
