/**
 * Where upstream connections come from: names resolved anew, addresses tried in turn, connections kept for the next
 * exchange on the same event loop.
 *
 * <p>Knows how to open and keep connections. Does not know what is sent on them.
 */
@NullMarked
package io.planeproxy.core.upstream;

import org.jspecify.annotations.NullMarked;
