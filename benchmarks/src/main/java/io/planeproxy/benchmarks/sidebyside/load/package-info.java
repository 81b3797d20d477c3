/**
 * What stands on both sides of a proxy in a side-by-side run, all of it on one core: the upstream, the WebSockets, the
 * handshakes, and wrk. Knows addresses, and nothing of which proxy stands behind them.
 */
@NullMarked
package io.planeproxy.benchmarks.sidebyside.load;

import org.jspecify.annotations.NullMarked;
