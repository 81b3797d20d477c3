/**
 * One request and its reply, as a pure state machine: {@link io.planeproxy.core.exchange.Exchange#next} takes what
 * happened and says what is to be done, one thing at a time.
 *
 * <p>Knows messages, routes and causes. Does not know bytes, connections, clocks or which version of HTTP is spoken.
 */
@NullMarked
package io.planeproxy.core.exchange;

import org.jspecify.annotations.NullMarked;
