/** What the command says before anything is measured. */
@NullMarked
package io.planeproxy.benchmarks.sidebyside;

import org.jspecify.annotations.NullMarked;
