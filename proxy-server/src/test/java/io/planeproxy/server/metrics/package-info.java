/** What is counted, against what happened. */
@NullMarked
package io.planeproxy.server.metrics;

import org.jspecify.annotations.NullMarked;
