/**
 * What is counted of the proxy's work, and the page of it that Prometheus reads. Counting happens on event loops: it neither
 * allocates nor waits. What is open at a moment is never counted up and down, but looked at when somebody asks.
 *
 * <p>Knows the records of the engine, and Prometheus. Does not know settings, or by which way the page is asked for.
 */
@NullMarked
package io.planeproxy.server.metrics;

import org.jspecify.annotations.NullMarked;
