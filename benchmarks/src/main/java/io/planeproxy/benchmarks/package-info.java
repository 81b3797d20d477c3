/**
 * What the data path costs, measured with JMH: reading heads, forwarding them, the exchange table, and bytes through a tunnel.
 *
 * <p>Knows the engine as whoever embeds it does, through what is public; nothing knows this.
 */
@NullMarked
package io.planeproxy.benchmarks;

import org.jspecify.annotations.NullMarked;
