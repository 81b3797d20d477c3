/**
 * The whole proxy at full speed while clients abort and upstreams die. Knows what every reply must hold; knows nothing of how the
 * proxy does it.
 */
@NullMarked
package io.planeproxy.server.load;

import org.jspecify.annotations.NullMarked;
