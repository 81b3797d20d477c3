/** The proxies that are compared: how each is configured, started, and watched in /proc. Knows nothing of loads. */
@NullMarked
package io.planeproxy.benchmarks.sidebyside.peers;

import org.jspecify.annotations.NullMarked;
