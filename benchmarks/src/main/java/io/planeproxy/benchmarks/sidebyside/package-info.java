/**
 * This proxy beside others, on this machine, one core for the proxy and one for everything else. Starts them, loads them in
 * turns, and writes a table and a plot.
 *
 * <p>Knows the bundle as an operator does: as a program with a configuration.
 */
@NullMarked
package io.planeproxy.benchmarks.sidebyside;

import org.jspecify.annotations.NullMarked;
