/** What the data path may cost, held in figures that repeat. */
@NullMarked
package io.planeproxy.benchmarks;

import org.jspecify.annotations.NullMarked;
