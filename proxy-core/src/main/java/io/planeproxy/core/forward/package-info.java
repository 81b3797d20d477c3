/**
 * What becomes of a message on its way through: which fields stay, which end here, and what the proxy says of its own.
 * Pure functions; {@link io.planeproxy.core.forward.OutboundRequest} and
 * {@link io.planeproxy.core.forward.OutboundReply} are the only forms in which a message leaves.
 *
 * <p>Knows messages. Does not know connections, framing or which upstream is meant.
 */
@NullMarked
package io.planeproxy.core.forward;

import org.jspecify.annotations.NullMarked;
